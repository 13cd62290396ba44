import { expect, it } from 'vitest';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { serve } from '../support/browse.ts';
import type { DestinationPage } from '../support/destination-pages.ts';
import { DESTINATION_PAGES, FURTHER_PAGES } from '../support/destination-pages.ts';
import { start, UP_TO_12_0 } from '../support/emulator.ts';
import { echoUrl, makeHosts } from '../support/hosts.ts';
import { markIn } from '../support/login-form.ts';
import { directoryOf, entryOf, startBoth, startService } from '../support/service.ts';

const LIMITS = { issueLimit: 100_000, openLimit: 100_000 } as const;
/** Where browsers are let follow a login to, on servers that list hosts. */
const TRUSTED = { trustedRedirectHosts: ['localhost'] } as const;

/** A client area that has another host than the service. */
const openClientArea = async (): Promise<string> => (await serve(echoUrl)).replace('127.0.0.1', 'localhost');

type Started = Awaited<ReturnType<typeof startBoth>>;

/** Has links made to these pages, opens each with a browser of its own, and answers where they end. */
async function walk(pages: readonly DestinationPage[], started: Started): Promise<unknown> {
  const hosts = makeHosts('none.example');
  const ends: unknown[] = [];
  for (const { name, values } of pages) {
    const visitor = hosts.visitor({ ca: [started.plesk.ca ?? ''] });
    const link = await started.link({ destination: name, destination_values: values });
    const { url, page } = await visitor.open(link);
    const steps = visitor.urls.map((visited) => new URL(visited).pathname.split('/')[1]);
    ends.push([name, url, page.status, page.body.includes(`<p>${url.slice(7)}</p>`), steps.slice(0, -1)]);
  }
  return ends;
}

const wanted = (pages: readonly DestinationPage[], area: string, steps: readonly string[]): unknown =>
  pages.map(({ name, path }) => [name, `${area}${path}`, 200, true, steps]);

it.each(RELEASE_NAMES)(
  'leads a browser by way of a panel of %s to each of the 49 pages of the client area',
  { timeout: 120_000 },
  async (release) => {
    const area = `${await openClientArea()}/clients`;
    const options = { plesk: release, ...TRUSTED };
    const started = await startBoth(options, { clientAreaUrl: area, ...LIMITS }, TRUSTED);
    const steps = ['sign-in', 'enterprise', ...(UP_TO_12_0.includes(release) ? ['continue'] : [])];

    const ends = await walk(DESTINATION_PAGES, started);

    expect(DESTINATION_PAGES).toHaveLength(49);
    expect(ends).toEqual(wanted(DESTINATION_PAGES, area, steps));
    const sessions = await started.plesk.sessions.list();
    expect(sessions.map(({ login, openedAt }) => [login, openedAt !== undefined])).toEqual(
      DESTINATION_PAGES.map(() => ['carl', true]),
    );
  },
);

it('leads to the page that each further value of a destination names', async () => {
  const area = await openClientArea();
  const started = await startBoth({}, { clientAreaUrl: area, ...LIMITS });

  expect(await walk(FURTHER_PAGES, started)).toEqual(wanted(FURTHER_PAGES, area, ['sign-in', 'enterprise']));
});

it.each([
  ['absent', {}],
  ['empty', { destination: '' }],
  ['null', { destination: null }],
  ['absent, with an empty list of values', { destination_values: [] }],
])('leads to the start page of the panel where the destination is %s', async (_what, body) => {
  const started = await startBoth();
  const { plesk } = started;
  const visitor = makeHosts('none.example').visitor({ ca: [plesk.ca ?? ''] });

  const { url, page } = await visitor.open(await started.link(body));

  expect(url).toBe(`${plesk.httpsUrl}/smb/`);
  expect(markIn(page, 'user')).toBe('carl');
});

it('leads to a page of the panel, and to pages of each origin that is allowed', async () => {
  const area = await openClientArea();
  const other = await openClientArea();
  const started = await startBoth({}, { clientAreaUrl: `${area}/clients`, allowedOrigins: [other] });
  const { plesk } = started;

  for (const [destination, end] of [
    ['/smb/web/view', `${plesk.httpsUrl}/smb/web/view`],
    [`${area}/clients/services?page=2#top`, `${area}/clients/services?page=2#top`],
    [`${area}/`, `${area}/`],
    [area, `${area}/`],
    [`${other}/a/../b?x=%2f`, `${other}/b?x=%2f`],
    [other.replace('http://localhost', 'HTTP://LOCALHOST'), `${other}/`],
  ] as const) {
    const visitor = makeHosts('none.example').visitor({ ca: [plesk.ca ?? ''] });
    const { url, page } = await visitor.open(await started.link({ destination }));
    expect([destination, url, page.status]).toEqual([destination, end, 200]);
  }
});

it('lets ac-ps-product choose the panel by its service, and others be for the primary account', async () => {
  const area = await openClientArea();
  const [first, second] = [await start({ https: true }), await start({ https: true })];
  const account = (service_id: number, login: string, primary = false): object => ({
    ...{ service_id, server: `plesk-${service_id - 100}`, login, role: 'customer', primary },
  });
  const users = { '18': { active: true, accounts: [account(101, 'carl', true), account(102, 'cora')] } };
  const servers = { 'plesk-1': entryOf(first.plesk), 'plesk-2': entryOf(second.plesk) };
  const started = await startService(directoryOf(servers, { users }), { clientAreaUrl: area });
  const ca = [first.plesk.ca ?? '', second.plesk.ca ?? ''];

  for (const [body, panel] of [
    [{ destination: 'ac-ps-product', destination_values: [101] }, first],
    [{ destination: 'ac-ps-product', destination_values: ['102'] }, second],
    // Anything else that was bought has no panel of its own.
    [{ destination: 'ac-ps-product', destination_values: [7] }, first],
    [{ destination: 'ac-ps-product', destination_values: [101], service_id: 102 }, second],
    [{ destination: 'ac-ps-products' }, first],
  ] as const) {
    const visitor = makeHosts('none.example').visitor({ ca });
    await visitor.open(await started.link(body));
    expect([body, visitor.urls[1]?.slice(0, panel.plesk.httpsUrl.length)]).toEqual([
      body,
      panel.plesk.httpsUrl,
    ]);
  }
  const logins = async ({ plesk }: typeof first): Promise<readonly string[]> =>
    (await plesk.sessions.list()).map(({ login }) => login);
  expect([await logins(first), await logins(second)]).toEqual([
    ['carl', 'carl', 'carl'],
    ['cora', 'cora'],
  ]);
});
