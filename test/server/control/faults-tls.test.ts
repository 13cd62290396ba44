import { writeFileSync } from 'node:fs';
import { request } from 'node:https';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Emulator, EmulatorControl, EmulatorOptions } from '../../../server/emulator.ts';
import { connectEmulator } from '../../../server/emulator.ts';
import { issueCertificate, makeAuthority, serverLife } from '../../../server/http/tls/certificate.ts';
import { bytesOf, sendBytesTo } from '../../support/bytes-back.ts';
import { start } from '../../support/emulator.ts';
import { folder } from '../../support/tools.ts';
import { credentials, sessionPacket } from '../../support/wire.ts';

interface Secured {
  readonly plesk: Emulator;
  readonly control: EmulatorControl;
}

const WAYS = [
  ['in this process', (plesk: Emulator): Promise<EmulatorControl> => Promise.resolve(plesk)],
  ['over HTTP', ({ url }: Emulator): Promise<EmulatorControl> => connectEmulator(url)],
] as const;

/** The status of the login page for a client that trusts the CA, or the code of its error. */
const visit = ({ httpsUrl, ca }: Emulator, localAddress = '127.0.0.1'): Promise<number | string> =>
  new Promise((resolve) => {
    request(`${httpsUrl}/login_up.php`, { ca, agent: false, localAddress }, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    })
      .on('error', ({ code, message }: NodeJS.ErrnoException) => {
        resolve(code ?? message);
      })
      .end();
  });

/** The files of a certificate, and of its key. */
function ownCertificate(): readonly [tlsCert: string, tlsKey: string] {
  const now = Date.now();
  const { key, cert } = issueCertificate(makeAuthority(now), { names: ['localhost'], ...serverLife(now) });
  const [tlsCert, tlsKey] = [join(folder('tls'), 'cert.pem'), join(folder('tls'), 'key.pem')];
  writeFileSync(tlsCert, cert);
  writeFileSync(tlsKey, key);
  return [tlsCert, tlsKey];
}

describe.each(WAYS)('faults over TLS, %s', (_way, control) => {
  const secured = async (options: EmulatorOptions = {}): Promise<Secured> => {
    const { plesk } = await start({ https: true, ...options });
    return { plesk, control: await control(plesk) };
  };

  it('shows a certificate that has expired, then one for another host, then the good one again', async () => {
    const {
      plesk,
      control: { faults },
    } = await secured();
    await faults.add({ fault: 'certificate', certificate: 'expired', times: 1 });
    await faults.add({ fault: 'certificate', certificate: 'other-host', after: 1, times: 2 });

    const seen = [await visit(plesk), await visit(plesk), await visit(plesk), await visit(plesk)];

    expect(seen).toEqual([
      'CERT_HAS_EXPIRED',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      'ERR_TLS_CERT_ALTNAME_INVALID',
      200,
    ]);
    expect(await faults.list()).toMatchObject([
      { seen: 4, fired: 1 },
      { seen: 4, fired: 2 },
    ]);
  });

  it('shows it to one peer, until the rule is removed', async () => {
    const {
      plesk,
      control: { faults },
    } = await secured();
    const { id } = await faults.add({ fault: 'certificate', certificate: 'expired', peer: '127.0.0.2' });

    expect(await visit(plesk, '127.0.0.2')).toBe('CERT_HAS_EXPIRED');
    expect(await visit(plesk)).toBe(200);
    expect(await visit(plesk, '127.0.0.2')).toBe('CERT_HAS_EXPIRED');
    await faults.remove(id);
    expect(await visit(plesk, '127.0.0.2')).toBe(200);
  });

  it('is refused where the certificate is one of your own', async () => {
    const [tlsCert, tlsKey] = ownCertificate();
    const {
      control: { faults },
    } = await secured({ tlsCert, tlsKey });

    await expect(faults.add({ fault: 'certificate', certificate: 'expired' })).rejects.toMatchObject({
      status: 409,
      mistakes: [expect.stringMatching(/^fault: the certificate is your own \(setting tlsCert\)/)],
    });
  });

  it.each([
    [{ fault: 'reset' }, 0, 0],
    [{ fault: 'reset', afterChange: true }, 0, 1],
    [{ fault: 'reset', at: 'middle' }, 200, 1],
  ] as const)('resets a connection over TLS: %o', async (fault, status, sessions) => {
    const {
      plesk,
      control: { faults },
    } = await secured();
    await faults.add(fault);
    const url = `${plesk.httpsUrl}/enterprise/control/agent.php`;

    const sent = sendBytesTo(url, bytesOf(url, credentials(plesk.admin), sessionPacket('carl')), plesk.ca);

    expect(await sent.back).toMatchObject({ end: 'reset', status });
    expect(await plesk.sessions.list()).toHaveLength(sessions);
  });

  it.each([
    { fault: 'truncated' },
    { fault: 'slow', bytes: 50, ms: 1 },
    { fault: 'delay', ms: 5 },
    { fault: 'status', status: 503 },
  ] as const)('spoils an answer over TLS: %o', async (fault) => {
    const {
      plesk,
      control: { faults },
    } = await secured();
    await faults.add(fault);
    const url = `${plesk.httpsUrl}/enterprise/control/agent.php`;

    const { end, headers } = await sendBytesTo(
      url,
      bytesOf(url, credentials(plesk.admin), sessionPacket('carl')),
      plesk.ca,
    ).back;

    expect(end).toBe('whole');
    expect(headers['emulator-reason']).toMatch(/^a test wants it: fault-1/);
  });
});
