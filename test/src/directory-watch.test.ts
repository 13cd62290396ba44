import { chmodSync, mkdirSync, renameSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { randomIds } from '../../base/ids.ts';
import type { Log } from '../../base/log.ts';
import { changeStored } from '../../src/directory/database.ts';
import type { Directory } from '../../src/directory/directory.ts';
import { loadDirectory } from '../../src/directory/load.ts';
import type { LiveDirectory, Watching } from '../../src/directory/watch.ts';
import { watchDirectory } from '../../src/directory/watch.ts';
import { testClock } from '../support/clock.ts';
import { directoryPath, SECRET, sourceOf, STORED, writeStored } from '../support/directory-file.ts';
import { folder } from '../support/tools.ts';

/** A directory of one test that is watched, and what was said of it. */
interface Watched {
  readonly live: LiveDirectory;
  readonly lines: readonly string[];
  readonly changes: readonly Directory[];
  readonly refusals: readonly (readonly string[])[];
}

async function watched(file: string, more: Partial<Watching> = {}): Promise<Watched> {
  const lines: string[] = [];
  const changes: Directory[] = [];
  const refusals: (readonly string[])[] = [];
  const keep =
    (level: string) =>
    (fields: object, message: string): void => {
      lines.push(`${level} ${message} ${JSON.stringify(fields)}`);
    };
  const log: Log = { isOn: true, info: keep('info'), warn: keep('warn'), error: keep('error') };
  const live = await watchDirectory({
    file,
    load: () => loadDirectory(sourceOf(file)),
    log,
    settleMs: 5,
    onChange: (directory) => changes.push(directory),
    onRefusal: (mistakes) => refusals.push(mistakes),
    ...more,
  });
  onTestFinished(() => live.close());
  return { live, lines, changes, refusals };
}

const server = STORED.servers['plesk-1'];
/** The same directory on another release. */
const NEWER = { ...STORED, servers: { 'plesk-1': { ...server, release: '17.8' } } };
const BROKEN = { ...STORED, servers: { 'plesk-1': { ...server, auth: { secretKey: SECRET } } } };

const releaseIn = (live: LiveDirectory): string | undefined => live.current().server('plesk-1')?.release;

/** Writes a new file beside the old one, and puts it in its place. */
function replace(path: string, content: object): void {
  writeStored(`${path}.draft`, content);
  renameSync(`${path}.draft`, path);
}

it.each<[string, (path: string) => void]>([
  [
    'replaced by rename',
    (path) => {
      replace(path, NEWER);
    },
  ],
  [
    'written in its place',
    (path) => {
      writeStored(path, NEWER);
    },
  ],
  [
    'removed and made anew',
    (path) => {
      unlinkSync(path);
      writeStored(path, NEWER);
    },
  ],
])('reads a file again that was %s', async (_case, change) => {
  const path = directoryPath(STORED);
  const { live, changes } = await watched(path);
  const before = live.current();
  const next = live.nextReload();

  change(path);

  expect(await next).toBe(true);
  expect(releaseIn(live)).toBe('17.8');
  expect(changes).toEqual([live.current()]);
  expect(before.server('plesk-1')?.release).toBe('18.0');
});

it('reads again what a command has changed', async () => {
  const path = directoryPath(STORED);
  const { live } = await watched(path);
  const next = live.nextReload();

  await changeStored(path, { clock: testClock(), ids: randomIds }, (stored) => ({ ...stored, users: {} }));

  expect(await next).toBe(true);
  expect(live.current().user(18)).toBeUndefined();
});

it('sees the links of Kubernetes swapped, again and again', async () => {
  const mounted = folder('mounted');
  const put = (version: string, content: object): void => {
    mkdirSync(join(mounted, version));
    writeStored(join(mounted, version, 'sso.json'), content);
    symlinkSync(version, join(mounted, '..data_tmp'));
    renameSync(join(mounted, '..data_tmp'), join(mounted, '..data'));
  };
  put('..1', STORED);
  symlinkSync(join('..data', 'sso.json'), join(mounted, 'sso.json'));
  const { live } = await watched(join(mounted, 'sso.json'));

  for (const [version, release] of [
    ['..2', '17.8'],
    ['..3', '17.5'],
    ['..4', '17.0'],
  ] as const) {
    const next = live.nextReload();
    put(version, { ...STORED, servers: { 'plesk-1': { ...server, release } } });

    expect(await next).toBe(true);
    expect(releaseIn(live)).toBe(release);
  }
});

it('sees the file changed that a link in another folder leads to', async () => {
  const path = directoryPath(STORED);
  const link = join(folder('link'), 'sso.json');
  symlinkSync(path, link);
  const { live } = await watched(link);
  const next = live.nextReload();

  replace(path, NEWER);

  expect(await next).toBe(true);
  expect(releaseIn(live)).toBe('17.8');
});

it.each<[string, (path: string) => void, string]>([
  [
    'has a mistake',
    (path) => {
      replace(path, BROKEN);
    },
    'servers.plesk-1.auth.secretKey: a credential does not stand here as it is',
  ],
  [
    'is cut off',
    (path) => {
      writeStored(path, '{"version": 1');
    },
    'line 1: the file ends in the middle, it was cut off',
  ],
  [
    'is gone',
    (path) => {
      rmSync(path);
    },
    'it is not there',
  ],
  [
    'others can read',
    (path) => {
      chmodSync(path, 0o644);
    },
    'everybody on this machine may use it (mode 644)',
  ],
])(
  'keeps the directory where the file %s, and takes it when that is mended',
  async (_case, breakIt, mistake) => {
    const path = directoryPath(STORED);
    const { live, lines, changes, refusals } = await watched(path);
    const before = live.current();
    const broken = live.nextReload();

    breakIt(path);

    expect(await broken).toBe(false);
    expect(live.current()).toBe(before);
    expect(refusals).toEqual([[expect.stringContaining(mistake)]]);
    expect(lines).toEqual([
      expect.stringContaining(`error the directory stays as it was; ${path}: ${mistake}`),
    ]);
    expect(lines.join()).not.toContain(SECRET);

    const mended = live.nextReload();
    replace(path, NEWER);

    expect(await mended).toBe(true);
    expect(changes).toEqual([live.current()]);
    expect(lines.slice(1)).toEqual([
      expect.stringContaining(`info the directory ${path} has been read again`),
    ]);
  },
);

it('says every mistake of a bad file, once for each change', async () => {
  const path = directoryPath(STORED);
  const { live, lines } = await watched(path);
  const next = live.nextReload();

  replace(path, { ...BROKEN, version: 2 });
  await next;
  // Something else happens in the folder, and another change of the file is waited for.
  writeFileSync(join(dirname(path), 'else'), '');
  const later = live.nextReload();
  replace(path, NEWER);
  await later;

  expect(lines.map((line) => line.slice(0, 5))).toEqual(['error', 'info ']);
  for (const mistake of ['version: this must be 1', 'servers.plesk-1.auth.secretKey: a credential'])
    expect(lines[0]).toContain(mistake);
});

it('reads the files of secrets again when it is told to', async () => {
  const secret = join(folder(), 'key');
  writeFileSync(secret, 'first');
  const path = directoryPath({
    ...STORED,
    servers: { 'plesk-1': { ...server, auth: { secretKey: `file:${secret}` } } },
  });
  const { live } = await watched(path);
  const key = (): string | undefined => {
    const credentials = live.current().server('plesk-1')?.credentials;
    return credentials?.kind === 'key' ? credentials.key.reveal() : undefined;
  };
  writeFileSync(secret, 'second');

  expect(await live.reload()).toBe(true);
  expect(key()).toBe('second');

  rmSync(secret);
  expect(await live.reload()).toBe(true);
  expect(key()).toBeUndefined();
  expect(live.current().unusable().get('plesk-1')).toEqual([
    `servers.plesk-1.auth.secretKey: ${secret} is not there`,
  ]);
});

it('does not begin with a file that cannot be used', async () => {
  await expect(watched(directoryPath(BROKEN))).rejects.toMatchObject({ name: 'DirectoryError' });
});

it('sees a change that was made while it began', async () => {
  const path = directoryPath(STORED);
  let isFirst = true;
  const { live } = await watched(path, {
    load: async () => {
      const directory = await loadDirectory(sourceOf(path));
      if (isFirst) replace(path, NEWER);
      isFirst = false;
      return directory;
    },
  });

  expect(releaseIn(live)).toBe('18.0');
  expect(await live.nextReload()).toBe(true);
  expect(releaseIn(live)).toBe('17.8');
});

it('looks at the file where the system tells it nothing', async () => {
  const base = folder('moved');
  const path = join(base, 'a', 'sso.json');
  mkdirSync(dirname(path));
  writeStored(path, STORED);
  const { live } = await watched(path, { pollMs: 20 });
  const next = live.nextReload();

  // The folder that is watched goes away, and another is in its place.
  mkdirSync(join(base, 'b'));
  writeStored(join(base, 'b', 'sso.json'), NEWER);
  renameSync(join(base, 'a'), join(base, 'c'));
  renameSync(join(base, 'b'), join(base, 'a'));

  expect(await next).toBe(true);
  expect(releaseIn(live)).toBe('17.8');
});

it('goes on where the folder goes away and comes back', async () => {
  const path = join(folder('gone'), 'etc', 'sso.json');
  mkdirSync(dirname(path));
  writeStored(path, STORED);
  const { live, lines } = await watched(path, { pollMs: 20 });

  for (const release of ['17.8', '17.5']) {
    const gone = live.nextReload();
    rmSync(dirname(path), { recursive: true });
    expect(await gone).toBe(false);
    const back = live.nextReload();
    mkdirSync(dirname(path));
    writeStored(path, { ...STORED, servers: { 'plesk-1': { ...server, release } } });

    expect(await back).toBe(true);
    expect(releaseIn(live)).toBe(release);
  }
  expect(lines).toContainEqual(
    expect.stringContaining(
      `warn ${dirname(path)} cannot be watched; the directory is looked at now and then`,
    ),
  );
});

it('reads nothing any more once it is closed', async () => {
  const path = directoryPath(STORED);
  const { live, lines } = await watched(path);
  const next = live.nextReload();

  await live.close();
  replace(path, NEWER);

  expect(await next).toBe(false);
  expect([releaseIn(live), lines]).toEqual(['18.0', []]);
});
