import { format, inspect } from 'node:util';
import { expect, it } from 'vitest';
import { masked, Secret } from '../../base/secret.ts';

const VALUE = 'changeme1Q**';

it.each([
  ['String()', (secret: Secret) => String(secret)],
  // eslint-disable-next-line @typescript-eslint/restrict-template-expressions
  ['a template', (secret: Secret) => `${secret}`],
  ['JSON', (secret: Secret) => JSON.stringify({ secret, list: [secret] })],
  ['util.inspect', (secret: Secret) => inspect(secret)],
  [
    'util.inspect of what holds it',
    (secret: Secret) => inspect({ a: { secret } }, { depth: 9, showHidden: true }),
  ],
  ['util.format', (secret: Secret) => format('%s %o %O %j', secret, secret, secret, secret)],
  ['an error that carries it', (secret: Secret) => inspect(new Error('failed', { cause: secret }))],
  [
    'its keys and entries',
    (secret: Secret) => JSON.stringify([Object.entries(secret), Reflect.ownKeys(secret)]),
  ],
  ['a copy of its fields', (secret: Secret) => JSON.stringify(Object.assign({}, secret))],
  ['a structured clone', (secret: Secret) => JSON.stringify(structuredClone(secret))],
])('is not printed by %s', (_case, print) => {
  const secret = new Secret(VALUE);
  secret.matches('once, so that its digest is there too');

  expect(print(secret)).not.toContain(VALUE);
});

it('shows that it is one', () => {
  const secret = new Secret(VALUE);

  expect([String(secret), JSON.stringify(secret), inspect(secret)]).toEqual([
    '[secret]',
    '"[secret]"',
    '[secret]',
  ]);
});

it('reveals its value to who asks for that', () => {
  expect(new Secret(VALUE).reveal()).toBe(VALUE);
});

it.each([
  [VALUE, true],
  ['', false],
  [`${VALUE} `, false],
  [VALUE.slice(0, -1), false],
  [VALUE.toUpperCase(), false],
])('says whether it is %j: %s', (candidate, expected) => {
  const secret = new Secret(VALUE);

  expect([secret.matches(candidate), secret.matches(candidate)]).toEqual([expected, expected]);
});

it('compares characters, not the bytes that they look like', () => {
  expect(new Secret('ä').matches('a\u0308')).toBe(false);
  expect(new Secret('pässwörd').matches('pässwörd')).toBe(true);
});

it.each([
  ['ede520d0fc93ae7aa0524076d631fba2', 'ede520..'],
  ['short', 'short..'],
  ['', '..'],
])('masks %j', (token, expected) => {
  expect(masked(token)).toBe(expected);
});
