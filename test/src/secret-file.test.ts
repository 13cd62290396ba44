import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { randomIds } from '../../base/ids.ts';
import { makeAuthority } from '../../server/http/tls/certificate.ts';
import { checkSettings } from '../../src/config.ts';
import { loadDirectory } from '../../src/directory/load.ts';
import { readNamed } from '../../src/named-files.ts';
import type { SecretPlace } from '../../src/secret-file.ts';
import { judge, onceEach, readSecretFile } from '../../src/secret-file.ts';
import { directoryPath, sourceOf, STORED } from '../support/directory-file.ts';
import { folder } from '../support/tools.ts';

const { cert: CERT, key: KEY } = makeAuthority(Date.now());

/** A file with this mode in a folder with that mode. */
function secretIn(fileMode: number, folderMode = 0o700, text = 'a secret'): string {
  const dir = join(folder(), 'secrets');
  mkdirSync(dir);
  const path = join(dir, 'secret');
  writeFileSync(path, text);
  chmodSync(path, fileMode);
  chmodSync(dir, folderMode);
  return path;
}

interface Read {
  readonly text?: string;
  readonly mistake?: string;
  readonly warnings: readonly string[];
}

async function read(path: string, platform?: NodeJS.Platform): Promise<Read> {
  const warnings: string[] = [];
  const found = await readSecretFile(path, { platform, warn: (warning) => warnings.push(warning) });
  return { ...found, warnings };
}

describe.skipIf(process.platform === 'win32')('the file of a secret', () => {
  it.each([0o600, 0o400, 0o440, 0o640])('is taken with mode %o, without a warning', async (mode) => {
    expect(await read(secretIn(mode))).toEqual({ text: 'a secret', warnings: [] });
  });

  it.each([0o444, 0o644])(
    'is taken with mode %o, as orchestrators mount it, with a warning',
    async (mode) => {
      const path = secretIn(mode);

      const { text, warnings } = await read(path);

      expect(text).toBe('a secret');
      expect(warnings).toHaveLength(1);
      expect(warnings[0]).toContain(path);
      expect(warnings[0]).toContain(`mode ${mode.toString(8)}`);
    },
  );

  it.each([0o620, 0o602, 0o660, 0o646, 0o666, 0o777])('is refused with mode %o', async (mode) => {
    const path = secretIn(mode);

    const { text, mistake } = await read(path);

    expect(text).toBeUndefined();
    expect(mistake).toContain(`mode ${mode.toString(8)}`);
    expect(mistake).toContain(`chmod 600 ${path}`);
  });

  it('is refused in a folder where all may replace it, also behind a link', async () => {
    const path = secretIn(0o600, 0o777);
    const link = join(folder(), 'link');
    symlinkSync(path, link);

    for (const one of [path, link]) {
      const { mistake } = await read(one);
      expect(mistake).toContain(`chmod go-w ${dirname(path)}`);
    }
  });

  it('is refused behind a link that all may replace', async () => {
    const link = join(dirname(secretIn(0o600, 0o777)), 'link');
    symlinkSync(secretIn(0o600), link);

    expect((await read(link)).mistake).toContain(dirname(link));
  });

  it('is taken from a folder such as /tmp, where only its owner may replace it', async () => {
    expect(await read(secretIn(0o600, 0o1777))).toEqual({ text: 'a secret', warnings: [] });
  });

  it('is taken with a warning from a folder that its group may write', async () => {
    const path = secretIn(0o600, 0o770);

    expect((await read(path)).warnings).toEqual([expect.stringContaining(`${dirname(path)} may be written`)]);
  });

  it('is held to no modes on Windows, which has none', async () => {
    expect(await read(secretIn(0o666, 0o777), 'win32')).toEqual({ text: 'a secret', warnings: [] });
  });
});

const OWN = 1000;
const place = (
  file: Partial<SecretPlace['file']>,
  dir: Partial<SecretPlace['folders'][number]>,
): SecretPlace => ({
  file: { path: '/run/s/key', mode: 0o100_400, uid: OWN, ...file },
  folders: [{ path: '/run/s', mode: 0o40_755, uid: 0, isReadOnly: false, ...dir }],
  uid: OWN,
});

describe('what others may do with a secret', () => {
  it.each([
    ['a file of root', { uid: 0 }, {}],
    ['a file of this user', { uid: OWN }, {}],
    ['a folder of this user', {}, { uid: OWN }],
  ])('is nothing with %s', (_what, file, dir) => {
    expect(judge(place(file, dir))).toEqual({ warnings: [] });
  });

  it.each([
    ['a file of another user', { uid: 1234 }, {}, '/run/s/key belongs to user 1234'],
    ['a folder of another user', {}, { uid: 1234 }, '/run/s belongs to user 1234'],
    ['a read-only mount whose folder has mode 777', {}, { mode: 0o40_777, isReadOnly: true }, 'mode 777'],
  ])('is a warning with %s', (_what, file, dir, part) => {
    expect(judge(place(file, dir))).toEqual({ warnings: [expect.stringContaining(part)] });
  });

  it('is no mistake as Kubernetes mounts secrets: 0644 behind a link, in a sticky folder of root', () => {
    const mounted = place({ mode: 0o100_644, uid: 0 }, { mode: 0o41_777, isReadOnly: true });

    expect(judge(mounted)).toEqual({ warnings: [expect.stringContaining('mode 644')] });
  });
});

describe.skipIf(process.platform === 'win32')('each file of a secret that settings name', () => {
  const settingsWith = (path: string): ReturnType<typeof checkSettings> =>
    checkSettings({
      directory: 'directory.json',
      publicUrl: 'https://sso.example.com',
      clientAreaUrl: 'https://billing.example.com',
      pepperKeys: [`file:${path}`],
      store: 'redis://127.0.0.1:1',
      storePassword: `file:${path}`,
      tlsCert: secretIn(0o644, 0o755, CERT),
      tlsKey: path,
    });
  const named = async (path: string, warn: (message: string) => void): Promise<unknown> =>
    readNamed(settingsWith(path), { env: {}, ids: randomIds, warn });

  it('is refused where others may write it', async () => {
    const path = secretIn(0o666, 0o700, 'a pepper for tests only, long enough');

    await expect(named(path, () => undefined)).rejects.toMatchObject({
      mistakes: ['pepperKeys', 'tlsKey', 'storePassword'].map(
        (name) => expect.stringContaining(`${name}: ${path} holds a secret`) as unknown,
      ),
    });
  });

  it('is taken with a warning where all may read it', async () => {
    const [pepper, password, tlsKey] = [
      secretIn(0o444, 0o755, 'a pepper for tests only, long enough'),
      secretIn(0o444, 0o755, 'a password'),
      secretIn(0o444, 0o755, KEY),
    ];
    const settings = {
      ...settingsWith(tlsKey),
      pepperKeys: [`file:${pepper}`],
      storePassword: `file:${password}`,
    };
    const warnings: string[] = [];

    await readNamed(settings, { env: {}, ids: randomIds, warn: (warning) => warnings.push(warning) });

    for (const path of [pepper, password, tlsKey])
      expect(warnings.filter((warning) => warning.startsWith(path))).toHaveLength(1);
    expect(warnings).toHaveLength(3);
  });
});

describe.skipIf(process.platform === 'win32')('the file of a Plesk credential', () => {
  const loadedWith = async (
    mode: number,
  ): Promise<{ readonly mistakes: unknown; readonly warnings: unknown }> => {
    const file = directoryPath({
      ...STORED,
      servers: {
        'plesk-1': { ...STORED.servers['plesk-1'], auth: { secretKey: `file:${secretIn(mode)}` } },
      },
    });
    const warnings: string[] = [];
    const directory = await loadDirectory(sourceOf(file, { warn: (warning) => warnings.push(warning) }));
    return { mistakes: directory.unusable().get('plesk-1'), warnings };
  };

  it('makes its server unusable where others may write it', async () => {
    expect(await loadedWith(0o666)).toEqual({
      mistakes: [expect.stringMatching(/^servers\.plesk-1\.auth\.secretKey: .* holds a secret/)],
      warnings: [],
    });
  });

  it('is taken with a warning where all may read it', async () => {
    expect(await loadedWith(0o644)).toEqual({
      mistakes: undefined,
      warnings: [expect.stringContaining('mode 644')],
    });
  });
});

it('warns of each thing once', () => {
  const messages: string[] = [];
  const warn = onceEach((message) => messages.push(message));

  for (const message of ['a', 'b', 'a']) warn(message);

  expect(messages).toEqual(['a', 'b']);
});
