import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { ServiceOptions } from '../../src/service.ts';
import type { StartedService } from '../support/service.ts';
import { directoryOf, startService } from '../support/service.ts';

const PUBLIC = 'https://login.example.com';
const SERVER = { url: 'https://plesk.invalid:8443', release: '18.0', auth: { secretKey: 'env:KEY' } };
const env = { KEY: 'a key' };

const compose = readFileSync('docker-compose.yml', 'utf8');
const samplePepper = /PLESK_SSO_PEPPER_KEYS:-([^}]+)\}/.exec(compose)?.[1] ?? '';
const { api_keys: sampleKeys } = JSON.parse(readFileSync('compose/directory.json', 'utf8')) as {
  readonly api_keys: readonly object[];
};

const start = (options: Partial<ServiceOptions>, keys: readonly object[] = []): Promise<StartedService> =>
  startService(directoryOf({ 'plesk-1': SERVER }, { api_keys: keys }), { env, ...options });

it.each([
  ['the published one', samplePepper, 'is the published pepper'],
  ['one character', 'x'.repeat(40), 'has only 1 different characters'],
  ['seven characters', 'abcdefg'.repeat(6), 'has only 7 different characters'],
])('refuses a pepper of %s, unless its public URL is on this machine', async (_case, pepper, why) => {
  for (const [reference, more] of [
    [pepper, {}],
    ['env:PEPPER', { PEPPER: `${pepper}\n` }],
  ] as const) {
    const options = { pepperKeys: [reference], env: { ...env, ...more } };
    await expect(start({ ...options, publicUrl: PUBLIC })).rejects.toMatchObject({
      name: 'SettingsError',
      mistakes: [expect.stringContaining(why)],
    });
    await expect(start(options)).resolves.toBeDefined();
  }
});

it('takes peppers of hex digits and of base64', async () => {
  const peppers = [
    '0123456789abcdef'.repeat(2),
    Buffer.from('a pepper of 32 bytes, in base64.').toString('base64'),
  ];

  await expect(start({ pepperKeys: peppers, publicUrl: PUBLIC })).resolves.toBeDefined();
});

it('refuses the published API key, unless its public URL is on this machine', async () => {
  await expect(start({ publicUrl: PUBLIC }, sampleKeys)).rejects.toMatchObject({
    name: 'DirectoryError',
    mistakes: [expect.stringContaining('keys revoke sample')],
  });
  await expect(start({}, sampleKeys)).resolves.toBeDefined();
});

it.each([
  ['of the pepper', { pepperKeys: ['env:PEPPER'] }],
  ['of the directory', {}],
])('says in-process that a variable %s needs the option env', async (_case, options) => {
  await expect(start({ ...options, env: undefined })).rejects.toMatchObject({
    mistakes: [expect.stringContaining('pass env: process.env')],
  });
});
