import { describe, expect, it } from 'vitest';
import { browse } from '../support/browse.ts';
import { getsIn, openAtOnce, outcomeOf, startHeld, tally } from '../support/openings.ts';

describe('50 parallel openings of one link', () => {
  it('let one in, while the others wait and find it used', async () => {
    const { plesk, held, link, audit } = await startHeld();

    const pages = await openAtOnce(50, await link());

    expect(tally(pages)).toEqual({ '303': 1, '410 token_used': 49 });
    expect(held.made).toHaveLength(1);
    const [entered] = pages.filter(({ status }) => status === 303);
    expect(entered?.location).toContain(`PLESKSESSID=${held.made[0] ?? ''}`);
    expect(pages.filter(({ location }) => location !== undefined)).toHaveLength(1);
    expect(await plesk.sessions.list()).toMatchObject([{ id: held.made[0], login: 'carl' }]);
    expect(audit.filter(({ event }) => event === 'opened')).toHaveLength(1);
  });

  it('let one in, while the others are told at once that it is in use, where nobody may wait', async () => {
    const { held, front, link } = await startHeld({ claimWaitMs: 0 });
    const here = await link();
    held.hold();
    const first = browse(here);
    await held.waiting(1);

    const others = await openAtOnce(49, here);

    expect(tally(others)).toEqual({ '409 token_in_use': 49 });
    await front.came(50);
    held.letGo();
    expect(outcomeOf(await first)).toBe('303');
    expect(held.made).toHaveLength(1);
    expect(outcomeOf(await browse(here))).toBe('410 token_used');
  });
});

it('lets one in for each of 20 links that are opened twice at the same time', async () => {
  const { plesk, held, link } = await startHeld({ pleskInFlight: 100 });
  const links = await Promise.all(Array.from({ length: 20 }, () => link()));

  const pages = await openAtOnce(40, ...links);

  expect(tally(pages)).toEqual({ '303': 20, '410 token_used': 20 });
  expect(held.made).toHaveLength(20);
  expect(await plesk.sessions.list()).toHaveLength(20);
});

it('says after claimWaitMs that the link is in use, when to try again, and how', async () => {
  const { held, link, audit } = await startHeld({ claimWaitMs: 300 });
  const here = await link();
  held.hold();
  const first = browse(here);
  await held.waiting(1);

  const [json, page] = await Promise.all([
    browse(here),
    browse(here, { headers: { Accept: 'text/html', 'Accept-Language': 'en' } }),
  ]);

  expect(json).toMatchObject({ status: 409, location: undefined, headers: { 'retry-after': '1' } });
  expect(JSON.parse(json.body)).toMatchObject({ status: 'error', code: 'token_in_use' });
  expect(page).toMatchObject({ status: 409, location: undefined, headers: { 'retry-after': '1' } });
  expect(page.body).toContain('Your login is already under way');
  expect(page.body).toContain('<a class="button main" href="">Try again</a>');
  expect(audit.map(({ event, outcome }) => `${event} ${outcome}`)).toEqual([
    'issued successful',
    'refused token_in_use',
    'refused token_in_use',
  ]);
  held.letGo();
  expect(outcomeOf(await first)).toBe('303');
  expect(held.made).toHaveLength(1);
});

it('spends no attempt by waiting', async () => {
  const { held, link } = await startHeld({ claimWaitMs: 1 });
  const here = await link();
  held.hold();
  const first = browse(here);
  await held.waiting(1);
  expect(tally(await openAtOnce(10, here))).toEqual({ '409 token_in_use': 10 });

  held.letGo();

  expect(outcomeOf(await first)).toBe('303');
});

describe('a second use of an opened link', () => {
  it.each([
    { endReusedSessions: false, what: 'leaves the first session alone', left: 1 },
    { endReusedSessions: true, what: 'ends the first session', left: 0 },
  ])('is refused, raises the alarm and $what', async ({ endReusedSessions, left }) => {
    const { plesk, held, link, audit, lines } = await startHeld({ endReusedSessions });
    const here = await link();
    expect(await getsIn(await browse(here))).toBe(true);

    const again = await browse(here);

    expect(outcomeOf(again)).toBe('410 token_used');
    expect(again.location).toBeUndefined();
    expect(await plesk.sessions.list()).toHaveLength(left);
    expect(held.ended).toEqual(held.made.slice(left));
    const [{ linkId } = {}, , reused] = audit;
    expect(reused).toMatchObject({
      ...{ event: 'reused', outcome: 'token_used', address: '127.0.0.1', linkId },
      ...{ userId: 18, server: 'plesk-1', keyId: 'billing' },
    });
    expect(audit.filter(({ event }) => event === 'reused')).toHaveLength(1);
    // The audit has said it.
    expect(lines.filter((line) => line.includes(linkId ?? '?'))).toEqual([]);
  });

  it('raises the alarm each time, and a session that was ended for it is ended once', async () => {
    const { held, link, audit } = await startHeld({ endReusedSessions: true });
    const here = await link();
    await browse(here);

    for (let time = 0; time < 3; time++) expect(outcomeOf(await browse(here))).toBe('410 token_used');

    expect(audit.filter(({ event }) => event === 'reused')).toHaveLength(3);
    expect(held.ended).toEqual(held.made);
  });

  it('ends nothing where the link was never opened', async () => {
    const { plesk, held, link, call } = await startHeld({ endReusedSessions: true });
    const [opened, revoked] = [await link(), await link()];
    await browse(opened);
    const token = new URL(revoked).searchParams.get('sso_token');
    await call('Clients/RevokeClientSsoToken', { token });

    expect(outcomeOf(await browse(revoked))).toBe('410 token_revoked');

    expect(held.ended).toEqual([]);
    expect(await plesk.sessions.list()).toHaveLength(1);
  });
});
