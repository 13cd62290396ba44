import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { randomIds } from '../../base/ids.ts';
import { digestOf, Secret } from '../../base/secret.ts';
import type { DirectorySource } from '../../src/directory/load.ts';
import type { StoredDirectory } from '../../src/directory/schema.ts';
import { Pepper } from '../../src/pepper.ts';
import { testClock } from './clock.ts';
import { folder } from './tools.ts';

/** What no message may show; every credential of these tests holds it. */
export const SECRET = 'hunter2';

/** The key of the pepper that tests seal with. */
export const PEPPER_KEY = 'a pepper for tests, of 32 characters or more';
export const PEPPER = new Pepper([new Secret(PEPPER_KEY)], randomIds);

/** A directory that has one of each; its server's secret key is in the variable PLESK_1_KEY. */
export const STORED: StoredDirectory = {
  version: 1,
  servers: {
    'plesk-1': {
      url: 'https://plesk.example.com:8443/',
      release: '18.0',
      auth: { secretKey: 'env:PLESK_1_KEY' },
    },
  },
  users: {
    '18': {
      active: true,
      accounts: [{ service_id: 101, server: 'plesk-1', login: 'bob', role: 'customer', primary: true }],
    },
  },
  api_keys: [{ id: 'k1', name: 'billing', sha256: digestOf('a key') }],
};

/** Variables with the credentials of the directory. */
export const ENV = { PLESK_1_KEY: `${SECRET}-key` };

/** The path of a directory file in a folder of its own; there is no file without a content. */
export function directoryPath(content?: object | string | Uint8Array): string {
  const path = join(folder('directory'), 'sso.json');
  if (content !== undefined) writeStored(path, content);
  return path;
}

/** Writes a directory file in its place, for its owner only. */
export function writeStored(path: string, content: object | string | Uint8Array): void {
  const isText = typeof content === 'string' || content instanceof Uint8Array;
  writeFileSync(path, isText ? content : JSON.stringify(content, undefined, 2), { mode: 0o600 });
  chmodSync(path, 0o600);
}

/** What is in a directory file. */
export const storedIn = (path: string): StoredDirectory =>
  JSON.parse(readFileSync(path, 'utf8')) as StoredDirectory;

/** What a directory in this file is made of. */
export const sourceOf = (file: string, more: Partial<DirectorySource> = {}): DirectorySource => ({
  file,
  env: ENV,
  pepper: PEPPER,
  clock: testClock(),
  ...more,
});
