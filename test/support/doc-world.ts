import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import { startEmulator } from '../../server/emulator.ts';
import { testClock } from './clock.ts';
import type { Example } from './doc-examples.ts';
import { API_KEY, directoryOf, startService, writeDirectory } from './service.ts';
import { folder } from './tools.ts';

/** What the pages call the emulator and the service. */
const WRITTEN_FOR = {
  http: 'http://127.0.0.1:8880',
  https: 'https://127.0.0.1:8443',
  sso: 'http://127.0.0.1:9080',
};

/** What the pages call a Plesk that is not there. */
const SAMPLE = {
  url: 'https://plesk.example.com:8443',
  release: '18.0',
  auth: { secretKey: 'file:/run/secrets/plesk-1' },
};

/** The programs by which pages call them, as those of these sources. */
const PROGRAMS = { 'plesk-emulator': 'server/main.ts', 'plesk-sso': 'src/main.ts' };

/** What an example runs in. */
export interface World {
  readonly env: Readonly<Record<string, string>>;
  /** A command as it is here. */
  readonly here: (command: string) => string;
  /** What was printed here, as a page shows it. */
  readonly there: (printed: string) => string;
}

/** Starts what an example talks to, until the test ends: an emulator, and a service where it is named. */
export async function startWorld({ page, code }: Example): Promise<World> {
  const plesk = await startEmulator({ seed: 'demo', https: true, ids: counted() });
  onTestFinished(() => plesk.close());
  const hasService = /connecting|deploying|token-service/.test(page) || code.includes(WRITTEN_FOR.sso);
  const service = hasService ? await startSample(plesk) : undefined;
  const pairs = [
    [WRITTEN_FOR.http, plesk.url],
    [WRITTEN_FOR.https, plesk.httpsUrl],
    ...(service === undefined ? [] : [[WRITTEN_FOR.sso, service.url] as const]),
  ] as const;
  return {
    env: {
      PATH: `${programFolder()}:${process.env['PATH'] ?? ''}`,
      PLESK_URL: plesk.url,
      ...service?.env,
    },
    here: (command) => pairs.reduce((text, [written, real]) => text.replaceAll(written, real), command),
    there: (printed) =>
      pairs
        .reduce((text, [written, real]) => text.replaceAll(real, written), printed)
        .replaceAll('\r', '')
        // A page has a line end even where a command prints none.
        .replace(/[^\n]$/, '$&\n')
        .replace(/psso_key_[\w-]{49}/g, 'psso_key_...')
        .replace(/\(([\da-f]{8})\), for the header/, '(0a1b2c3d), for the header'),
  };
}

async function startSample(plesk: Emulator): Promise<{ readonly url: string; readonly env: World['env'] }> {
  const server = {
    url: plesk.url,
    release: plesk.release.plesk,
    auth: { login: plesk.admin.login, password: 'env:PLESK_PASSWORD' },
  };
  const { url } = await startService(directoryOf({ 'plesk-1': server }), {
    ids: counted(),
    clock: testClock(),
    mode: 'auto',
  });
  // Commands write into a file of their own.
  const file = writeDirectory(
    { ...directoryOf({ 'plesk-1': SAMPLE }), users: {}, api_keys: [] },
    join(folder('sso'), 'directory.json'),
  );
  return {
    url,
    env: { PLESK_PASSWORD: plesk.admin.password, SSO_URL: url, APIKEY: API_KEY, PLESK_SSO_DIRECTORY: file },
  };
}

/** Ids that a page can show: 1, 2, 3. */
function counted(): { readonly hex32: () => string } {
  let made = 0;
  return { hex32: () => String((made += 1)).padStart(32, '0') };
}

/** A folder with the programs, to be found before all others. */
function programFolder(): string {
  const path = folder('programs');
  const tsx = createRequire(import.meta.url).resolve('tsx');
  for (const [name, main] of Object.entries(PROGRAMS)) {
    const script = `#!/bin/sh\nexec '${process.execPath}' --import '${tsx}' '${resolve(main)}' "$@"\n`;
    writeFileSync(join(path, name), script, { mode: 0o755 });
  }
  return path;
}
