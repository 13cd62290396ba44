import { expect, it } from 'vitest';
import type { Page, Visit } from '../support/browse.ts';
import { browse } from '../support/browse.ts';
import { startBoth } from '../support/service.ts';
import { BROWSERS, PREVIEWS, PROGRAMS } from '../support/user-agents.ts';

const TIMEOUT = 60_000;
const METHODS = 'GET, HEAD, POST, OPTIONS';
const MODES = ['direct', 'confirm'] as const;

/** What somebody got who looked at a link, whether that left anything behind, and what a person got afterwards. */
interface Looked {
  readonly page: Page;
  readonly sessions: number;
  readonly then: number;
}

/** Starts a service where many links are looked at, each by somebody else and then opened by a person. */
async function startLooked(): Promise<
  (visit: Visit, body?: object, path?: string) => Promise<Looked & { readonly link: string }>
> {
  const limits = { issueLimit: 1000, openLimit: 1000, failedLimit: 1000 };
  const { link: newLink, plesk } = await startBoth({}, limits);
  return async (visit, body = {}, path = '/sign-in') => {
    const link = (await newLink(body)).replace('/sign-in', path);
    const before = (await plesk.sessions.list()).length;
    const page = await browse(link, visit);
    const sessions = (await plesk.sessions.list()).length - before;
    return { link, page, sessions, then: (await browse(link)).status };
  };
}

/** After a look that spent nothing a person gets in, or is shown the button. */
const THEN = { direct: 303, confirm: 200 } as const;

const codeOf = ({ body }: Page): unknown => (JSON.parse(body) as { readonly code?: unknown }).code;

it.each(MODES)(
  'answers HEAD of a link in mode %s as a preview without a body, and spends nothing',
  async (mode) => {
    const look = await startLooked();
    for (const path of ['/sign-in', '/en/sign-in']) {
      const { page, sessions, then } = await look({ method: 'HEAD' }, { mode }, path);
      expect({ status: page.status, body: page.body, sessions, then }).toEqual({
        ...{ status: 200, body: '', sessions: 0, then: THEN[mode] },
      });
      expect(page.headers).toMatchObject({ 'content-type': 'text/html; charset=utf-8' });
      expect([page.location, page.cookies]).toEqual([undefined, []]);
    }
  },
);

it('answers OPTIONS with the methods alone, and spends nothing', async () => {
  const look = await startLooked();

  const { page, sessions, then } = await look({ method: 'OPTIONS' });

  expect(page).toMatchObject({ status: 204, body: '', headers: { allow: METHODS } });
  expect([sessions, then]).toEqual([0, 303]);
});

it.each(['TRACE', 'PUT', 'PATCH', 'DELETE', 'PROPFIND', 'PURGE', 'REPORT', 'MKCOL'])(
  'refuses %s of a link and says what is allowed',
  async (method) => {
    const look = await startLooked();

    const { page, sessions, then } = await look({ method, headers: { 'X-Trace': 'sent-by-the-test' } });

    expect(page).toMatchObject({ status: 405, headers: { allow: METHODS } });
    expect(codeOf(page)).toBe('method_not_allowed');
    expect(page.body).not.toContain('sent-by-the-test');
    expect([sessions, then]).toEqual([0, 303]);
  },
);

it.each([
  ['Sec-Purpose', 'prefetch'],
  ['Sec-Purpose', 'prefetch;prerender'],
  ['Sec-Purpose', 'prefetch;anonymous-client-ip'],
  ['Sec-Purpose', 'PreFetch'],
  ['Purpose', 'prefetch'],
  ['Purpose', 'preview'],
  ['X-Purpose', 'preview'],
  ['X-Moz', 'prefetch'],
  ['Sec-Fetch-Mode', 'cors'],
  ['Sec-Fetch-Mode', 'no-cors'],
  ['Sec-Fetch-Mode', 'same-origin'],
  ['Sec-Fetch-Mode', 'websocket'],
  ['Sec-Fetch-Mode', 'nested-navigate'],
  ['Sec-Fetch-Mode', ['navigate', 'cors']],
  ...['image', 'iframe', 'frame', 'script', 'style', 'embed', 'object', 'fencedframe', 'empty'].map(
    (dest) => ['Sec-Fetch-Dest', dest] as const,
  ),
] as const)('spends nothing where a browser says %s: %s', async (name, value) => {
  const look = await startLooked();
  const navigation = { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };
  const headers = { ...navigation, [name]: typeof value === 'string' ? value : [...value] };

  for (const mode of MODES) {
    const { page, sessions, then } = await look({ headers }, { mode });
    expect([page.status, codeOf(page), sessions, then]).toEqual([403, 'prefetch_refused', 0, THEN[mode]]);
    expect(page.cookies).toEqual([]);
  }
  const posted = await look({ headers, form: '' });
  expect([posted.page.status, codeOf(posted.page), posted.then]).toEqual([403, 'prefetch_refused', 303]);
});

it('opens a link for whatever a browser says of a navigation', async () => {
  const look = await startLooked();
  const navigation = { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' };

  for (const headers of [
    { ...navigation, 'Sec-Fetch-Site': 'none', 'Sec-Fetch-User': '?1' },
    { ...navigation, 'Sec-Fetch-Site': 'cross-site' },
    { ...navigation, 'Sec-Fetch-Site': 'same-site' },
    { ...navigation, 'Sec-Fetch-Site': 'same-origin' },
    { Purpose: 'login' },
    {},
  ]) {
    const { page, sessions, then } = await look({ headers });
    expect([page.status, page.body, sessions, then]).toEqual([303, '', 1, 410]);
  }
});

/** What became of the links that each program looked at by GET. */
async function lookAs(
  agents: Readonly<Record<string, string>>,
  mode: 'direct' | 'confirm',
): Promise<Readonly<Record<string, string>>> {
  const look = await startLooked();
  const outcomes: Record<string, string> = {};
  for (const [name, agent] of Object.entries(agents)) {
    const headers = agent === '' ? {} : { 'User-Agent': agent };
    const { page, sessions, then } = await look({ headers }, { mode });
    const what = page.body.includes('name="nonce"')
      ? 'the button'
      : page.body === ''
        ? 'a redirect'
        : 'a page';
    outcomes[name] = `${page.status} ${what}, ${sessions} sessions, then ${then}`;
  }
  return outcomes;
}

const allOf = (agents: Readonly<Record<string, string>>, outcome: string): Record<string, string> =>
  Object.fromEntries(Object.keys(agents).map((name) => [name, outcome]));

it.each(MODES)(
  'shows programs that show previews a page that spends nothing, in mode %s',
  { timeout: TIMEOUT },
  async (mode) => {
    const outcome = `200 a page, 0 sessions, then ${THEN[mode]}`;
    expect(await lookAs(PREVIEWS, mode)).toEqual(allOf(PREVIEWS, outcome));
  },
);

it('shows every preview the same, which says nothing of the link, and refuses its POST', async () => {
  const look = await startLooked();
  const headers = { 'User-Agent': PREVIEWS['Slack'] };
  const first = await look({ headers });
  const second = await look({ headers }, { mode: 'confirm', destination: 'ac-ps-products' });
  const posted = await look({ headers, form: '' });

  expect(first.page.body).toContain('<h1>Login link</h1>');
  expect(second.page.body).toBe(first.page.body);
  expect([posted.page.status, codeOf(posted.page), posted.then]).toEqual([403, 'prefetch_refused', 303]);
});

it.each([
  ['browsers, windows of apps among them', BROWSERS],
  ['programs that somebody told to', PROGRAMS],
])('opens links for %s', { timeout: TIMEOUT }, async (_who, agents) => {
  expect(await lookAs(agents, 'direct')).toEqual(allOf(agents, '303 a redirect, 1 sessions, then 410'));
});
