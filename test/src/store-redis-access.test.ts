import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { issueCertificate, makeAuthority, serverLife } from '../../server/http/tls/certificate.ts';
import type { ServiceOptions } from '../../src/service.ts';
import { onRedis } from '../support/openings.ts';
import { freePort, startRedis, whyNoRedis } from '../support/redis.ts';
import type { StartedService } from '../support/service.ts';
import { directoryOf, startService } from '../support/service.ts';
import { folder } from '../support/tools.ts';

const PASSWORD = 'the password of Redis: it has @, % and blanks';
const CREATE = 'Clients/CreateClientSsoToken';
const SERVER = {
  url: 'https://127.0.0.1:8443',
  release: '18.0',
  auth: { login: 'admin', password: 'env:PLESK_PASSWORD' },
};

/** A service on a Redis with these settings. */
const serviceOn = (url: string, settings: Partial<ServiceOptions>): Promise<StartedService> =>
  startService(directoryOf({ 'plesk-1': SERVER }), {
    ...onRedis({ url }),
    env: { PLESK_PASSWORD: 'changeme1Q**', REDIS_PASSWORD: PASSWORD },
    ...settings,
  });

/** The status of a request for a link, for which the store is needed. */
const issuing = async ({ call }: StartedService): Promise<number> =>
  (await call(CREATE, { user_id: 18 })).status;

function fileWith(text: string): string {
  const path = join(folder(), 'file');
  writeFileSync(path, text, { mode: 0o600 });
  return path;
}

/** The URL of a Redis that speaks TLS with a certificate of this authority. */
async function startTlsRedis(authority: ReturnType<typeof makeAuthority>): Promise<string> {
  const now = Date.now();
  const { cert, key } = issueCertificate(authority, { ...serverLife(now), names: ['127.0.0.1'] });
  const port = await freePort();
  await startRedis(
    ...['--tls-port', String(port), '--tls-auth-clients', 'no'],
    ...['--tls-cert-file', fileWith(cert), '--tls-key-file', fileWith(key)],
    ...['--tls-ca-cert-file', fileWith(authority.cert)],
  );
  return `rediss://127.0.0.1:${port}`;
}

describe.skipIf(whyNoRedis())('the password of Redis', { timeout: 60_000 }, () => {
  it.each([
    ['the environment', 'env:REDIS_PASSWORD', ''],
    ['a file', 'file:', ''],
    ['the environment, for a user of its own', 'env:REDIS_PASSWORD', 'sso'],
  ])('comes from %s', async (_place, reference, user) => {
    const storePassword = reference === 'file:' ? `file:${fileWith(`${PASSWORD}\n`)}` : reference;
    const { port, client } = await startRedis();
    const name = user === '' ? 'default' : user;
    await client.call('ACL', 'SETUSER', name, 'on', 'resetpass', `>${PASSWORD}`, '~*', '+@all');
    const url = `redis://${user === '' ? '' : `${user}@`}127.0.0.1:${port}`;

    expect(await issuing(await serviceOn(url, { storePassword }))).toBe(200);
  });

  it('is not accepted as it is, and not repeated', async () => {
    const { url } = await startRedis();

    const failure: unknown = await serviceOn(url, { storePassword: PASSWORD }).catch(
      (error: unknown) => error,
    );

    expect(failure).toMatchObject({
      mistakes: [expect.stringMatching(/^storePassword: .*env:NAME or file:/)],
    });
    expect(String(failure)).not.toContain(PASSWORD);
  });

  it.each<[string, string, Partial<ServiceOptions>, RegExp]>([
    [
      'a password in the URL too',
      'redis://:other@127.0.0.1:1',
      { storePassword: 'env:REDIS_PASSWORD' },
      /^storePassword: .*keep one$/,
    ],
    ['no Redis', 'memory', { storePassword: 'env:REDIS_PASSWORD' }, /^storePassword is for a Redis/],
    [
      'a variable that is not set',
      'redis://127.0.0.1:1',
      { storePassword: 'env:NO_SUCH' },
      /^storePassword: .*NO_SUCH is not set/,
    ],
    [
      'a file that is not there',
      'redis://127.0.0.1:1',
      { storePassword: 'file:/no/password' },
      /^storePassword: \/no\/password is not there/,
    ],
    ['a CA without TLS', 'redis://127.0.0.1:1', { storeCa: '/ca.pem' }, /^storeCa is for TLS/],
    [
      'a CA that is not there',
      'rediss://127.0.0.1:1',
      { storeCa: '/no/ca.pem' },
      /^storeCa: \/no\/ca\.pem is not there/,
    ],
    [
      'a CA that is none',
      'rediss://127.0.0.1:1',
      { storeCa: import.meta.filename },
      /^storeCa: .*no certificate/,
    ],
  ])('is a mistake with %s', async (_what, url, settings, says) => {
    await expect(serviceOn(url, settings)).rejects.toMatchObject({ mistakes: [expect.stringMatching(says)] });
  });
});

describe.skipIf(whyNoRedis())('the CA of Redis', { timeout: 60_000 }, () => {
  const [own, other] = [makeAuthority(Date.now()), makeAuthority(Date.now())];

  it('is trusted where storeCa names it', async () => {
    const url = await startTlsRedis(own);

    expect(await issuing(await serviceOn(url, { storeCa: fileWith(own.cert) }))).toBe(200);
  });

  it.each([
    ['another is named', other],
    ['none is named', undefined],
  ])('is not trusted where %s, and the log names storeCa', async (_what, named) => {
    const url = await startTlsRedis(own);

    const started = await serviceOn(url, named === undefined ? {} : { storeCa: fileWith(named.cert) });

    expect(await issuing(started)).toBe(503);
    expect(started.lines.join('\n')).toMatch(/the certificate of Redis is not trusted .*storeCa/);
  });
});
