import { expect, it } from 'vitest';
import { billing } from '../support/billing.ts';
import { doorUrl } from '../support/browse.ts';
import { checkXsd, xsdIsMissing } from '../support/check-xsd.ts';
import { freshPage, whyNoBrowser } from '../support/chromium.ts';
import { start } from '../support/emulator.ts';
import { fillIn, kindOf } from '../support/login-page.ts';

const missing = whyNoBrowser();
const because = missing === undefined ? '' : ` (skipped: ${missing})`;
const inBrowser = it.skipIf(missing !== undefined);
const TIMEOUT = 60_000;

const EXTERNAL_ID = 'shop-4711';
const FIRST = 'First-pass-w0rd!';
const SECOND = 'Second-pass-w0rd!';

inBrowser.each([
  ['11.5', 'the administrator', {}],
  ['11.5', 'a reseller', { 'owner-login': 'rita' }],
  ['12.5', 'the administrator', {}],
  ['12.5', 'a reseller', { 'owner-login': 'rita' }],
  ['18.0', 'the administrator', {}],
  ['18.0', 'a reseller', { 'owner-login': 'rita' }],
] as const)(
  `leads a customer through its life on %s, owned by %s${because}`,
  { timeout: TIMEOUT },
  async (name, _who, owner) => {
    const { plesk } = await start({ plesk: name });
    const module = billing(plesk);
    const { page, complaints } = await freshPage();
    const panel = `${plesk.url}/smb/`;
    const open = async (token: string): Promise<void> => {
      await page.goto(doorUrl(plesk.url, { PLESKSESSID: token }));
    };
    const user = (): Promise<string | null> => page.locator('main').getAttribute('data-plesk-user');

    expect(await module.find('external-id', EXTERNAL_ID)).toBeUndefined();
    const named = { cname: 'Tea & Co.', pname: 'Tina Tea', login: 'tina', passwd: FIRST };
    const id = await module.add({ ...named, country: 'DE', ...owner, 'external-id': EXTERNAL_ID });
    const tina = { id, login: 'tina', status: '0', externalId: EXTERNAL_ID };
    expect(await module.find('external-id', EXTERNAL_ID)).toEqual(tina);
    expect(await module.find('login', 'tina')).toEqual(tina);

    await open(await module.session('tina'));
    expect(page.url()).toBe(panel);
    expect(await user()).toBe('tina');

    await module.set(id, { passwd: SECOND });
    await page.context().clearCookies();
    await page.goto(panel);
    await fillIn(page, 'tina', FIRST);
    await expect
      .poll(() => page.getByRole('alert').innerText())
      .toBe('You have entered incorrect username or password.');
    await fillIn(page, 'tina', SECOND);
    await page.waitForURL(panel);
    expect(await user()).toBe('tina');

    const unopened = await module.session('tina');
    await module.set(id, { status: '16' });
    expect(await module.find('id', id)).toEqual({ ...tina, status: '16' });
    await page.goto(panel);
    expect(await kindOf(page)).toBe('login');
    await fillIn(page, 'tina', SECOND);
    await expect.poll(() => page.getByRole('alert').innerText()).toBe('Your account is suspended.');
    await open(unopened);
    expect(await kindOf(page)).toBe('login');
    await expect(module.session('tina')).rejects.toThrow('1011');

    await module.set(id, { status: '0' });
    await open(await module.session('tina'));
    expect(await user()).toBe('tina');

    await module.remove(id);
    expect(await module.find('id', id)).toBeUndefined();
    expect(await module.find('external-id', EXTERNAL_ID)).toBeUndefined();
    await page.goto(panel);
    expect(await kindOf(page)).toBe('login');
    await expect(module.session('tina')).rejects.toThrow('1013');

    const reasons = (await plesk.journal.find({ kind: 'browser' })).flatMap((entry) =>
      entry.kind === 'browser' && /rsession_init|login_up/.test(entry.path) && entry.outcome !== 'logged in'
        ? (entry.reason ?? [])
        : [],
    );
    expect(reasons).toEqual([
      "Failed login attempt with login 'tina' from IP 127.0.0.1: this is not its password",
      "Failed login attempt with login 'tina' from IP 127.0.0.1: the account is suspended",
      'session 000004..: ended by its account at 2026-01-01T10:00:00; the account tina is suspended',
    ]);
    expect(complaints).toEqual([]);
    if (xsdIsMissing() !== undefined) return;
    expect(checkXsd('request', module.sent).filter((verdict) => verdict !== undefined)).toEqual([]);
    expect(checkXsd('response', module.answers).filter((verdict) => verdict !== undefined)).toEqual([]);
  },
);
