import { expect, it } from 'vitest';
import { randomIds } from '../../base/ids.ts';
import { Secret } from '../../base/secret.ts';
import { Pepper } from '../../src/pepper.ts';
import { readPepper } from '../../src/pepper-keys.ts';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder } from '../support/tools.ts';

const OLD = new Secret('an old pepper that is long enough....');
const NEW = new Secret('a new pepper that is long enough.....');
const old = new Pepper([OLD], randomIds);
const both = new Pepper([NEW, OLD], randomIds);

it('digests with the current key and looks up with each live one', () => {
  expect(both.digest('token')).toMatch(/^[\da-f]{64}$/);
  expect(both.digest('token')).not.toBe(old.digest('token'));
  expect(both.digests('token')).toEqual([both.digest('token'), old.digest('token')]);
});

it('opens what it sealed for the one that it belongs to, and what an older key sealed', () => {
  expect(both.open(both.seal('session', 'link 1'), 'link 1')).toBe('session');
  expect(both.open(old.seal('session', 'link 1'), 'link 1')).toBe('session');
  expect(both.seal('session', 'link 1')).not.toBe(both.seal('session', 'link 1'));
  expect(both.seal('session', 'link 1')).not.toContain('session');
});

const sealed = both.seal('session', 'link 1');

it.each([
  ['belongs to another', sealed, 'link 2'],
  [
    'was sealed with a key that is not live',
    new Pepper([new Secret('x'.repeat(40))], randomIds).seal('session', 'link 1'),
    'link 1',
  ],
  ['was changed', sealed.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')), 'link 1'],
  ['was cut', sealed.slice(0, 30), 'link 1'],
  ['is of another version', sealed.replace('v1', 'v2'), 'link 1'],
  ['is no sealed value', 'session', 'link 1'],
  ['is empty', '', 'link 1'],
])('opens nothing that %s', (_case, text, belongsTo) => {
  expect(both.open(text, belongsTo)).toBeUndefined();
});

it('reads its keys as text, from the environment and from files', async () => {
  const file = join(folder(), 'pepper');
  writeFileSync(file, `${NEW.reveal()}\n`);

  const pepper = await readPepper([`file:${file}`, 'env:OLD'], { OLD: OLD.reveal() }, randomIds);

  expect(pepper.digests('token')).toEqual(both.digests('token'));
  expect((await readPepper([NEW.reveal()], {}, randomIds)).digest('token')).toBe(both.digest('token'));
});

it('makes up a key where there is none, another for each service', async () => {
  const [one, other] = [await readPepper([], {}, randomIds), await readPepper([], {}, randomIds)];

  expect(one.digest('token')).not.toBe(other.digest('token'));
});

it('names every key that it cannot read, and shows none', async () => {
  const reading = readPepper(['env:NONE', 'file:/nowhere', 'env:SHORT'], { SHORT: 'abcdefgh' }, randomIds);

  await expect(reading).rejects.toMatchObject({
    name: 'SettingsError',
    mistakes: [
      'pepperKeys: there is no env:NONE',
      'pepperKeys: /nowhere is not there',
      'pepperKeys: env:SHORT has fewer than 32 characters',
    ],
  });
});
