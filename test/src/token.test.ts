import fc from 'fast-check';
import { expect, it } from 'vitest';
import { randomIds } from '../../base/ids.ts';
import { isToken, mintToken } from '../../src/links/token.ts';

const token = mintToken(randomIds);

it('mints tokens of 32 random bytes that need no escaping', () => {
  const tokens = new Set(Array.from({ length: 1000 }, () => mintToken(randomIds)));

  expect(tokens.size).toBe(1000);
  for (const one of tokens) expect(one).toMatch(/^psso_[\w-]{49}$/);
  expect(isToken(token)).toBe(true);
});

it('knows a token by nothing but its own bytes', () => {
  const ids = { hex32: () => 'ab'.repeat(16) };

  expect(mintToken(ids).slice(5, 48)).toBe(Buffer.from('ab'.repeat(32), 'hex').toString('base64url'));
  expect(mintToken(ids)).toBe(mintToken(ids));
});

it.each([
  ['nothing', ''],
  ['the prefix alone', 'psso_'],
  ['another prefix', token.replace('psso_', 'qsso_')],
  ['one character less', token.slice(0, -1)],
  ['one character more', `${token}A`],
  ['a blank in front', ` ${token}`],
  ['a line feed behind', `${token}\n`],
  ['a key of the API', `psso_key_${token.slice(9)}`],
])('refuses %s', (_case, text) => {
  expect(isToken(text)).toBe(false);
});

it('knows a token of which one character is another, whichever', () => {
  fc.assert(
    fc.property(fc.nat(53), fc.constantFrom('a', 'Z', '0', '9', '_', '-'), (at, letter) => {
      const mistyped = token.slice(0, at) + letter + token.slice(at + 1);
      return mistyped === token || !isToken(mistyped);
    }),
  );
});
