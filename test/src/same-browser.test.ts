import { expect, it } from 'vitest';
import { browse, NAVIGATION, sentBack } from '../support/browse.ts';
import { testClock } from '../support/clock.ts';
import { codeOf } from '../support/confirming.ts';
import { startHeldPlesk } from '../support/held-plesk.ts';
import type { StartedService } from '../support/service.ts';
import { startBoth, startService, directoryOf, entryOf } from '../support/service.ts';

const NOT_ACCEPTED = '/sign-in/not-accepted';

/** Opens a link, and answers the way of the browser that did: its cookie, the address with it, and where it is led. */
async function openAs(link: string): Promise<{ cookie: string; url: string; location: string }> {
  const asked = await browse(link, { refusesCookies: true });
  const url = new URL(asked.location ?? '', link).href;
  const cookie = sentBack(asked);
  const { location = '' } = await browse(url, { cookie });
  return { cookie, url, location };
}

const eventsOf = ({ audit }: StartedService): readonly string[] =>
  audit.map(({ event, outcome }) => `${event} ${outcome}`);

const sessionOf = (location: string): string => new URL(location).searchParams.get('PLESKSESSID') ?? '';

it('gives a browser its cookie before anything is spent, and the same answer for 15 s after', async () => {
  const clock = testClock();
  const world = await startBoth({}, { clock });
  const link = await world.link({ destination: '/smb/web/view' });

  const asked = await browse(link, { refusesCookies: true });
  expect(asked).toMatchObject({ status: 303, body: '' });
  expect(asked.location).toBe(`/sign-in${new URL(link).search}&cookie=1`);
  expect(await world.plesk.sessions.list()).toEqual([]);

  const { cookie, url, location } = await openAs(link);
  const { plesk } = world;
  expect((await browse(location, plesk.ca === undefined ? {} : { ca: plesk.ca })).cookies).toHaveLength(1);
  clock.pass(14.999);
  for (const address of [url, link]) {
    const again = await browse(address, { cookie });
    expect([again.status, again.location]).toEqual([303, location]);
  }
  const other = await browse(link);
  expect([other.status, codeOf(other)]).toEqual([410, 'token_used']);
  clock.pass(0.001);
  expect(codeOf(await browse(url, { cookie }))).toBe('token_used');
  expect(await world.plesk.sessions.list()).toHaveLength(1);
  expect(eventsOf(world)).toEqual([
    'issued successful',
    'opened successful',
    'repeated successful',
    'repeated successful',
    'reused token_used',
    'reused token_used',
  ]);
});

it('shows the button to whoever brings no cookie back, and spends nothing', async () => {
  const { link, plesk } = await startBoth();
  const url = await link();
  const { location = '' } = await browse(url, { refusesCookies: true });

  const page = await browse(new URL(location, url).href);

  expect([page.status, page.body.includes('name="nonce"')]).toEqual([200, true]);
  expect(await plesk.sessions.list()).toEqual([]);
  expect((await browse(url)).status).toBe(303);
});

it('takes no cookie of another link, of another browser, twice or changed for its own', async () => {
  const { link } = await startBoth();
  const url = await link();
  const { cookie, url: own, location } = await openAs(url);
  const { cookie: ofOther } = await openAs(await link());
  const value = (text: string): string => text.split('=')[1] ?? '';

  for (const wrong of [
    ofOther,
    cookie.replace(value(cookie), value(ofOther)),
    `${cookie}; ${cookie}`,
    cookie.replace(/.$/, (last) => (last === '0' ? '1' : '0')),
    `x${cookie}`,
  ])
    expect(codeOf(await browse(own, { cookie: wrong }))).toBe('token_used');
  expect((await browse(own, { cookie })).location).toBe(location);
});

it('replaces the session of the browser that opened the link, once, and ends the first', async () => {
  const world = await startBoth();
  const { plesk, url } = world;
  const link = await world.link({ destination: '/smb/web/view' });
  const { cookie, url: again, location } = await openAs(link);
  const root = await browse(`${url}/`, { headers: NAVIGATION });
  expect([root.status, root.location]).toEqual([303, NOT_ACCEPTED]);
  const stranger = await browse(url + NOT_ACCEPTED, { headers: NAVIGATION });
  expect(stranger.status).toBe(200);

  const replaced = await browse(url + NOT_ACCEPTED, { cookie, headers: NAVIGATION });

  expect(replaced).toMatchObject({ status: 303, body: '' });
  expect(replaced.location).not.toBe(location);
  expect(replaced.location).toContain('success_redirect_url=%2Fsmb%2Fweb%2Fview');
  expect((await plesk.sessions.list()).map(({ id }) => id)).toEqual([sessionOf(replaced.location ?? '')]);
  expect((await browse(again, { cookie })).location).toBe(replaced.location);
  const second = await browse(url + NOT_ACCEPTED, { cookie, headers: NAVIGATION });
  expect([second.status, second.body.includes('not logged in')]).toEqual([200, true]);
  expect(await plesk.sessions.list()).toHaveLength(1);
  expect(eventsOf(world)).toEqual([
    'issued successful',
    'opened successful',
    'replaced successful',
    'repeated successful',
  ]);
});

it.each(['15 s after', 'after its revocation'])('replaces nothing %s', async (when) => {
  const clock = testClock();
  const world = await startBoth({}, { clock });
  const { cookie, url } = await openAs(await world.link());
  if (when === '15 s after') clock.pass(15);
  else await world.call('Clients/RevokeClientSsoToken', { user_id: 18 });

  const page = await browse(world.url + NOT_ACCEPTED, { cookie, headers: NAVIGATION });

  expect(page.status).toBe(200);
  expect(codeOf(await browse(url, { cookie }))).toBe('token_used');
  expect(world.audit.map(({ event }) => event)).not.toContain('replaced');
});

it('replaces nothing for a log-out, for two links at once, or where nobody navigates', async () => {
  const world = await startBoth();
  const first = await openAs(await world.link());
  const visit = (cookie: string, headers: object): ReturnType<typeof browse> =>
    browse(world.url + NOT_ACCEPTED, { cookie, headers: { ...NAVIGATION, ...headers } });

  expect((await visit(first.cookie, { Referer: `${world.plesk.httpsUrl}/smb/` })).status).toBe(200);
  expect((await visit(first.cookie, { 'Sec-Fetch-Dest': 'image' })).status).toBe(200);
  const { cookie } = await openAs(await world.link());
  expect((await visit(`${first.cookie}; ${cookie}`, {})).status).toBe(200);
  expect(await world.plesk.sessions.list()).toHaveLength(2);
  expect((await visit(first.cookie, {})).status).toBe(303);
});

it('makes no second session where Plesk cannot end the first', async () => {
  const { link, url, plesk, audit } = await startBoth({ plesk: '11.5' });
  const { cookie } = await openAs(await link());

  const page = await browse(url + NOT_ACCEPTED, { cookie, headers: NAVIGATION });

  expect(page.status).toBe(200);
  expect(await plesk.sessions.list()).toHaveLength(1);
  expect(audit.at(-1)).toMatchObject({ event: 'refused', outcome: 'token_used' });
});

it('makes one replacement for many requests of a browser at once', async () => {
  const world = await startBoth();
  const { cookie } = await openAs(await world.link());
  const visit = { cookie, headers: NAVIGATION };

  const pages = await Promise.all(Array.from({ length: 10 }, () => browse(world.url + NOT_ACCEPTED, visit)));

  const led = pages.flatMap(({ location }) => location ?? []);
  expect(new Set(led).size).toBe(1);
  expect(pages.every(({ status }) => status === 303 || status === 200)).toBe(true);
  expect(await world.plesk.sessions.list()).toHaveLength(1);
  expect(world.audit.filter(({ event }) => event === 'replaced')).toHaveLength(1);
});

it('lets the second request of a browser wait for the first, and answers it the same', async () => {
  const { plesk } = await startBoth();
  const held = await startHeldPlesk(plesk);
  const world = await startService(
    directoryOf({ 'plesk-1': entryOf(plesk, { url: held.url, ca: undefined }) }),
  );
  const link = await world.link();
  const asked = await browse(link, { refusesCookies: true });
  const visit = { cookie: sentBack(asked) };
  held.hold();

  const first = browse(link, visit);
  await held.waiting(1);
  const second = browse(link, visit);
  held.letGo();

  expect((await second).location).toBe((await first).location);
  expect(held.made).toHaveLength(1);
});
