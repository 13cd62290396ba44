import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { startEmulator } from '../../server/emulator.ts';
import { readDestinations } from '../../src/destinations/read-file.ts';
import { readNamed } from '../../src/named-files.ts';
import { checkSettings } from '../../src/config.ts';
import { randomIds } from '../../base/ids.ts';
import { makeCertificate, opensslIsMissing } from '../support/certificate.ts';
import { startProgram } from '../support/program.ts';
import { directoryOf, writeDirectory } from '../support/service.ts';
import { MAIN_OF_SERVICE } from '../support/service-process.ts';
import { folder } from '../support/tools.ts';

/** A file that an editor on Windows has saved. */
function marked(text: string, name = 'file'): string {
  const file = join(folder(), name);
  writeFileSync(file, `\ufeff${text}`);
  return file;
}

const SERVER = { url: 'https://plesk.invalid:8443', release: '18.0', auth: { secretKey: 'env:SECRET_KEY' } };

it('reads settings from a file with a byte order mark', async () => {
  const directory = writeDirectory(directoryOf({ 'plesk-1': SERVER }));
  writeFileSync(directory, `\ufeff${readFileSync(directory, 'utf8')}`);
  const config = marked(
    JSON.stringify({
      directory,
      publicUrl: 'http://127.0.0.1:9080',
      clientAreaUrl: 'https://billing.example.com',
      port: 0,
      metricsPort: 0,
      drainMs: 0,
    }),
  );

  const program = startProgram(['serve', '--config', config], { SECRET_KEY: 'key' }, MAIN_OF_SERVICE);

  await program.printed(/^Ready /m);
  program.kill('SIGTERM');
  expect((await program.ended).code).toBe(0);
});

it('reads destinations from a file with a byte order mark', async () => {
  const catalogue = await readDestinations(marked('{ "news": "/blog" }'));

  expect(catalogue.get('news')?.route).toBe('/blog');
});

const noOpenssl = opensslIsMissing();

it.skipIf(noOpenssl !== undefined)(
  'reads certificates and keys with byte order marks, in both programs',
  async () => {
    const { key, cert } = makeCertificate();
    const files = { tlsCert: marked(cert), tlsKey: marked(key) };
    const settings = checkSettings({
      directory: 'directory.json',
      publicUrl: 'https://sso.example.com',
      clientAreaUrl: 'https://billing.example.com',
      pepperKeys: [`file:${marked('abcdefghijklmnopqrstuvwxyz0123456789ABCD')}`],
      ...files,
    });

    const { tls } = await readNamed(settings, { env: {}, ids: randomIds, warn: () => undefined });
    const plesk = await startEmulator({ https: true, ...files });

    expect(tls).toEqual({ key, cert });
    expect(plesk.httpsUrl).toMatch(/^https:/);
    await plesk.close();
  },
);
