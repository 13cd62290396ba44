import { createServer } from 'node:https';
import type { RequestListener } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it, onTestFinished } from 'vitest';
import type { ReleaseName } from '../../server/protocol/versions/releases.ts';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { browse, doorUrl, sentBack } from '../support/browse.ts';
import type { Certificate } from '../support/certificate.ts';
import { makeCertificate, opensslIsMissing } from '../support/certificate.ts';
import { idOf, start, UP_TO_12_5 } from '../support/emulator.ts';
import { newToken } from '../support/wire.ts';

interface Cookies {
  /** The session's, for a login without no_frames. */
  readonly plain: readonly string[];
  readonly secure: readonly string[];
  /** The locale's, for a login with locale_id. */
  readonly locale: readonly [plain: string, secure: string];
}

const ID = idOf(1);
const NO_FRAMES = 'no_frames=deleted; expires=Thu, 01-Jan-1970 00:00:01 GMT; path=/';
const LOCALE = 'locale=de-DE; expires=Fri, 01-Jan-2027 10:00:00 GMT';

const OF_12_0: Cookies = {
  plain: [`PHPSESSID=${ID}; path=/; httponly`, NO_FRAMES],
  secure: [`PHPSESSID=${ID}; path=/; secure; httponly`, NO_FRAMES],
  locale: [`${LOCALE}; path=/`, `${LOCALE}; path=/`],
};
const OF_12_5: Cookies = {
  plain: [`PHPSESSID=${ID}; path=/; httponly`],
  secure: [`PHPSESSID=${ID}; path=/; secure; httponly`],
  locale: OF_12_0.locale,
};
const OF_17: Cookies = {
  plain: [`PLESKSESSID_INSECURE=${ID}; path=/; HttpOnly`],
  secure: [`PLESKSESSID=${ID}; path=/; secure; HttpOnly`],
  locale: [
    `${LOCALE}; Max-Age=31536000; path=/; HttpOnly`,
    `${LOCALE}; Max-Age=31536000; path=/; secure; HttpOnly`,
  ],
};

const COOKIES: Readonly<Record<ReleaseName, Cookies>> = {
  '10.4': OF_12_0,
  '11.0': OF_12_0,
  '11.5': OF_12_0,
  '12.0': OF_12_0,
  '12.5': OF_12_5,
  '17.0': OF_17,
  '17.5': OF_17,
  '17.8': OF_17,
  '18.0': OF_17,
};

it.each(RELEASE_NAMES)('sets the cookies of %s over plain HTTP', async (name) => {
  const { plesk } = await start({ plesk: name });

  const page = await browse(doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk) }));

  expect(page.cookies).toEqual(COOKIES[name].plain);
});

it.each(RELEASE_NAMES)('sets the cookie of an installed locale_id on %s', async (name) => {
  const { plesk } = await start({ plesk: name });
  const params = { PLESKSESSID: await newToken(plesk), locale_id: 'de-DE', no_frames: '1' };

  const page = await browse(doorUrl(plesk.url, params));

  expect(page.cookies).toEqual([COOKIES[name].plain[0], COOKIES[name].locale[0]]);
});

it.each(RELEASE_NAMES)('sets no cookie on %s for a browser that it turns away', async (name) => {
  const { plesk } = await start({ plesk: name });
  const params = { PLESKSESSID: 'unknown', locale_id: 'de-DE' };

  expect((await browse(doorUrl(plesk.url, params))).cookies).toEqual([]);
});

it.each(RELEASE_NAMES)('reads no other cookie on %s than the one it sets', async (name) => {
  const { plesk } = await start({ plesk: name });
  const page = await browse(doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk) }));
  const visit = async (cookie: string): Promise<number> =>
    (await browse(`${plesk.url}/smb/`, { cookie })).status;

  const names = ['PHPSESSID', 'PLESKSESSID', 'PLESKSESSID_INSECURE'];
  const own = sentBack(page).split('=')[0];
  for (const other of names) {
    expect(await visit(`${other}=${ID}`), other).toBe(other === own ? 200 : plesk.release.redirectStatus);
  }
  expect(await visit(`locale=en-US; ${sentBack(page)}; x=y`)).toBe(200);
});

const missing = opensslIsMissing();
const reason = missing === undefined ? '' : ` (skipped: ${missing})`;
let certificate: Certificate | undefined;

it.skipIf(missing !== undefined).each(RELEASE_NAMES)(
  `sets and reads the cookies of %s over TLS, where its Location is https${reason}`,
  async (name) => {
    certificate ??= makeCertificate();
    const { plesk } = await start({ plesk: name });
    const panel = await serveSecurely(plesk.app, certificate);
    const ca = certificate.cert;
    const params = { PLESKSESSID: await newToken(plesk) };

    const page = await browse(doorUrl(panel, params), { ca });

    expect(page.cookies).toEqual(COOKIES[name].secure);
    expect(page.location).toBe(`${panel}/smb/`);
    const home = await browse(`${panel}/smb/`, { ca, cookie: sentBack(page) });
    expect(home).toMatchObject({ status: 200 });
    expect(home.body).toContain('data-plesk-user="carl"');
    const insecure = await browse(`${plesk.url}/smb/`, { cookie: sentBack(page) });
    expect(insecure.status === 200).toBe(UP_TO_12_5.includes(name));
  },
);

it.skipIf(missing !== undefined).each(RELEASE_NAMES)(
  `sets the cookie of an installed locale_id on %s over TLS${reason}`,
  async (name) => {
    certificate ??= makeCertificate();
    const { plesk } = await start({ plesk: name });
    const panel = await serveSecurely(plesk.app, certificate);
    const params = { PLESKSESSID: await newToken(plesk), locale_id: 'de-DE', no_frames: '' };

    const page = await browse(doorUrl(panel, params), { ca: certificate.cert });

    expect(page.cookies).toEqual([COOKIES[name].secure[0], COOKIES[name].locale[1]]);
  },
);

async function serveSecurely(app: RequestListener, { key, cert }: Certificate): Promise<string> {
  const server = createServer({ key, cert }, app);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `https://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
