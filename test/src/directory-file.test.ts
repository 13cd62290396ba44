import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { randomIds } from '../../base/ids.ts';
import { changeStored, readStored } from '../../src/directory/database.ts';
import { modeMistake } from '../../src/directory/file.ts';
import type { StoredDirectory } from '../../src/directory/schema.ts';
import { NOW, testClock } from '../support/clock.ts';
import { directoryPath, SECRET, STORED, storedIn } from '../support/directory-file.ts';

const changing = { clock: testClock(), ids: randomIds, patience: 0 };
const mode = (path: string): string => (statSync(path).mode & 0o777).toString(8);
const asRoot = process.getuid?.() === 0;

/** Changes the release of the one server. */
const to =
  (release: '17.0' | '17.5') =>
  ({ servers: { 'plesk-1': server, ...others }, ...rest }: StoredDirectory): StoredDirectory => ({
    ...rest,
    servers: { ...others, ...(server === undefined ? {} : { 'plesk-1': { ...server, release } }) },
  });

const released = (path: string): string | undefined => storedIn(path).servers['plesk-1']?.release;

it.each([
  [0o600, undefined],
  [0o400, undefined],
  [0o640, undefined],
  [0o440, undefined],
  [0o604, 'everybody on this machine may use it (mode 604)'],
  [0o602, 'everybody on this machine may use it (mode 602)'],
  [0o644, 'everybody on this machine may use it (mode 644)'],
  [0o666, 'everybody on this machine may use it (mode 666)'],
  [0o660, 'its group may write it (mode 660)'],
  [0o620, 'its group may write it (mode 620)'],
])("reads a file of mode 0%o only where it is its owner's: %s", async (bits, why) => {
  const path = directoryPath(STORED);
  chmodSync(path, bits);

  const read = readStored(path, NOW);

  if (why === undefined) expect(await read).toEqual(STORED);
  else
    await expect(read).rejects.toMatchObject({
      name: 'DirectoryError',
      mistakes: [`${why}, and it opens Plesk servers; run: chmod 600 ${path}`],
    });
});

it('changes no file that others can read', async () => {
  const path = directoryPath(STORED);
  chmodSync(path, 0o644);

  await expect(changeStored(path, changing, to('17.0'))).rejects.toMatchObject({ name: 'DirectoryError' });
  expect([storedIn(path), mode(path)]).toEqual([STORED, '644']);
});

it('looks at the mode of the file that a link leads to', async () => {
  const path = directoryPath(STORED);
  const link = join(dirname(path), 'link.json');
  symlinkSync(path, link);
  chmodSync(path, 0o604);

  await expect(readStored(link, NOW)).rejects.toThrow(`chmod 600 ${link}`);
});

it.each<[string, (path: string) => void, string]>([
  ['nothing', () => undefined, 'it is not there; the first plesk-sso servers set makes it'],
  [
    'a folder',
    (path) => {
      mkdirSync(path);
    },
    'it cannot be read: it is no file',
  ],
  [
    'a pipe',
    (path) => spawnSync('sh', ['-c', 'mkfifo "$1"', 'sh', path]),
    'it cannot be read: it is no file',
  ],
  [
    'a link to nowhere',
    (path) => {
      symlinkSync('nowhere', path);
    },
    'this is a link that leads nowhere',
  ],
])('refuses %s in the place of a file', async (_case, make, mistake) => {
  const path = directoryPath();
  make(path);

  await expect(readStored(path, NOW)).rejects.toMatchObject({ name: 'DirectoryError', mistakes: [mistake] });
});

it('makes a file for its owner only, and leaves nothing beside it', async () => {
  const path = directoryPath();

  await changeStored(path, changing, (empty) => ({ ...empty, ...STORED }));

  expect(storedIn(path)).toEqual(STORED);
  expect(mode(path)).toBe('600');
  expect(readdirSync(dirname(path))).toEqual([basename(path)]);
});

it.each([0o600, 0o640, 0o400])('keeps the mode 0%o of a file that it replaces', async (bits) => {
  const path = directoryPath(STORED);
  chmodSync(path, bits);
  const { ino } = statSync(path);

  await changeStored(path, changing, to('17.0'));

  expect([released(path), mode(path)]).toEqual(['17.0', bits.toString(8)]);
  expect(statSync(path).ino).not.toBe(ino);
  expect(readdirSync(dirname(path))).toEqual([basename(path)]);
});

it.runIf(asRoot)('keeps the owner of a file that it replaces', async () => {
  const path = directoryPath(STORED);
  chownSync(path, 1234, 4321);

  await changeStored(path, changing, to('17.0'));

  const { uid, gid } = statSync(path);
  expect([uid, gid, released(path)]).toEqual([1234, 4321, '17.0']);
});

it('replaces the file that a link leads to, and not the link', async () => {
  const path = directoryPath(STORED);
  const link = join(dirname(path), 'link.json');
  symlinkSync(basename(path), link);

  await changeStored(link, changing, to('17.0'));

  expect(realpathSync(link)).toBe(realpathSync(path));
  expect(released(path)).toBe('17.0');
});

it('takes what a killed process has left half written for nothing', async () => {
  const path = directoryPath(STORED);
  writeFileSync(`${path}.new`, '{"version":');

  await changeStored(path, changing, to('17.0'));

  expect(released(path)).toBe('17.0');
  expect(existsSync(`${path}.new`)).toBe(false);
});

it.each<[string, (stored: StoredDirectory) => StoredDirectory, object]>([
  [
    'would have mistakes then',
    (stored) => ({ ...stored, servers: {} }),
    { name: 'ChangeError', mistakes: ['users.18.accounts.0.server: there is no server plesk-1'] },
  ],
  [
    'would hold a plain credential',
    (stored) => ({
      ...stored,
      servers: { 'plesk-1': { url: 'https://a', release: '18.0', auth: { secretKey: SECRET } } },
    }),
    { name: 'ChangeError', message: expect.not.stringContaining(SECRET) as string },
  ],
  [
    'is changed by what throws half way',
    (stored) => {
      delete stored.users['18'];
      throw new Error('half way');
    },
    { message: 'half way' },
  ],
])('leaves a file as it is that %s', async (_case, change, failure) => {
  const path = directoryPath(STORED);
  const before = readFileSync(path, 'utf8');

  await expect(changeStored(path, changing, change)).rejects.toMatchObject(failure);

  expect(readFileSync(path, 'utf8')).toBe(before);
  expect(readdirSync(dirname(path))).toEqual([basename(path)]);
});

it('keeps what one change has half made from the next', async () => {
  const [one, other] = [directoryPath(), directoryPath()];
  const broken = changeStored(one, changing, (empty) => {
    empty.users['7'] = { active: true, accounts: [] };
    throw new Error('half way');
  });
  await expect(broken).rejects.toThrow('half way');

  await changeStored(other, changing, (empty) => ({ ...empty }));

  expect(storedIn(other)).toEqual({ version: 1, servers: {}, users: {}, api_keys: [] });
});

it('leaves a file to somebody who has just written it', async () => {
  const path = directoryPath(STORED);

  const change = changeStored(path, changing, (stored) => {
    writeFileSync(path, JSON.stringify({ ...STORED, users: {} }));
    return to('17.0')(stored);
  });

  await expect(change).rejects.toThrow(
    'somebody else has just written it; nothing of theirs is changed, try again',
  );
  expect(storedIn(path)).toEqual({ ...STORED, users: {} });
});

it('says that a folder is not there', async () => {
  const path = join(dirname(directoryPath()), 'none', 'sso.json');

  await expect(changeStored(path, changing, (empty) => empty)).rejects.toMatchObject({
    name: 'LockError',
    message: `${path}.lock cannot be made: its folder is not there`,
  });
});

it.each([
  ['linux', 0o666, true],
  ['darwin', 0o604, true],
  ['linux', 0o640, false],
  ['win32', 0o666, false],
] as const)('on %s refuses mode %o: %s', (platform, mode, isRefused) => {
  expect(modeMistake(mode, 'directory.json', platform) !== undefined).toBe(isRefused);
});
