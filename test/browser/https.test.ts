import { expect, it } from 'vitest';
import { makeAuthority } from '../../server/http/tls/certificate.ts';
import { doorUrl } from '../support/browse.ts';
import { freshPage, whyNoBrowser } from '../support/chromium.ts';
import { start } from '../support/emulator.ts';
import { folder, whyNoTool } from '../support/tools.ts';
import { homeWith } from '../support/trusting-home.ts';
import { newToken } from '../support/wire.ts';

const missing = whyNoBrowser() ?? whyNoTool('certutil');
const because = missing === undefined ? '' : ` (skipped: ${missing})`;
const inBrowser = it.skipIf(missing !== undefined);
const TIMEOUT = 60_000;

inBrowser.each([
  ['18.0', '127.0.0.1', 'PLESKSESSID'],
  ['18.0', 'localhost', 'PLESKSESSID'],
  ['12.0', 'localhost', 'PHPSESSID'],
] as const)(
  `logs a browser that trusts the CA in over HTTPS, on %s at %s, with a secure cookie${because}`,
  { timeout: TIMEOUT },
  async (release, name, cookie) => {
    const { plesk, lines } = await start({ https: true, plesk: release });
    const home = await homeWith(plesk.ca ?? 'none');
    const { page, context, complaints } = await freshPage({ home });
    const panel = plesk.httpsUrl.replace('127.0.0.1', name);
    const PLESKSESSID = await newToken(plesk);

    const response = await page.goto(doorUrl(panel, { PLESKSESSID }));

    expect(response?.status()).toBe(200);
    expect(await response?.securityDetails()).toMatchObject({
      issuer: expect.stringMatching(/^plesk-emulator CA/) as string,
    });
    expect(page.url()).toBe(`${panel}/smb/`);
    expect(await page.locator('main').getAttribute('data-plesk-user')).toBe('carl');
    expect(await context.cookies()).toMatchObject([
      { name: cookie, value: PLESKSESSID, path: '/', httpOnly: true, secure: true },
    ]);
    await page.goto(`${panel}/`);
    expect(page.url()).toBe(`${panel}/smb/`);
    expect(complaints).toEqual([]);
    expect(lines.filter((line) => line.includes('no request from'))).toEqual([]);
  },
);

inBrowser(
  `keeps what a browser got over HTTPS from the port for HTTP${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start({ https: true });
    const { page } = await freshPage({ home: await homeWith(plesk.ca ?? 'none') });

    await page.goto(doorUrl(plesk.httpsUrl, { PLESKSESSID: await newToken(plesk) }));
    await page.goto(`${plesk.url}/`);

    expect(await page.locator('main').getAttribute('data-plesk-page')).toBe('login');
  },
);

inBrowser.each([
  ['that knows no CA of the emulator', undefined],
  ['that trusts the CA of another', makeAuthority(Date.now()).cert],
])(
  `is refused by a browser %s, and says so in the log${because}`,
  { timeout: TIMEOUT },
  async (_case, ca) => {
    const { plesk, lines } = await start({ https: true });
    const { page } = await freshPage({ home: ca === undefined ? folder('home') : await homeWith(ca) });
    const PLESKSESSID = await newToken(plesk);

    await expect(page.goto(doorUrl(plesk.httpsUrl, { PLESKSESSID }))).rejects.toThrow(
      'net::ERR_CERT_AUTHORITY_INVALID',
    );

    await expect.poll(() => lines).toContainEqual(expect.stringMatching(/trust the CA/));
    expect(await plesk.sessions.list()).toMatchObject([{ openedAt: undefined }]);
  },
);
