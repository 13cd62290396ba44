import { createHash } from 'node:crypto';
import { expect, it } from 'vitest';
import type { Visit } from '../support/browse.ts';
import { browse, NAVIGATION } from '../support/browse.ts';
import { codeOf } from '../support/confirming.ts';
import { API_KEY, startBoth } from '../support/service.ts';
import { BROWSERS, PROGRAMS } from '../support/user-agents.ts';

const CREATE = 'Clients/CreateClientSsoToken';
const NONCE = 'a nonce of 16 b.';
const sha256 = (text: string): string => createHash('sha256').update(text).digest('base64url');

/** What a service in mode auto says of a link, and how many sessions Plesk has then. */
async function openAuto(visit: Visit): Promise<readonly [what: unknown, sessions: number]> {
  const { link, plesk } = await startBoth({}, { mode: 'auto' });
  const page = await browse(await link(), visit);
  const what = page.body.includes('name="nonce"') ? 'button' : (page.location?.split('?')[0] ?? codeOf(page));
  return [what, (await plesk.sessions.list()).length];
}

it.each<readonly [string, Visit, string]>([
  ['a page navigation that brings its cookie', { headers: NAVIGATION }, 'opened'],
  ['a page navigation without the cookie', { headers: NAVIGATION, refusesCookies: true }, '/sign-in'],
  ['no Sec-Fetch headers', {}, 'button'],
  ['Sec-Fetch-Mode alone', { headers: { 'Sec-Fetch-Mode': 'navigate' } }, 'button'],
  ['Sec-Fetch-Dest alone', { headers: { 'Sec-Fetch-Dest': 'document' } }, 'button'],
])('in mode auto, answers %s', async (_what, visit, expected) => {
  const [what, sessions] = await openAuto(visit);
  if (expected === 'opened')
    expect([String(what), sessions]).toEqual([expect.stringContaining('rsession_init'), 1]);
  else expect([what, sessions]).toEqual([expected, 0]);
});

it('in mode auto, spends no link for agents without Sec-Fetch headers, scanners of mail gateways among them', async () => {
  const { link, plesk } = await startBoth({}, { mode: 'auto', issueLimit: 1000 });
  const agents = Object.values({ ...BROWSERS, ...PROGRAMS });
  expect(agents.length).toBeGreaterThanOrEqual(16);

  for (const agent of agents) {
    const page = await browse(await link(), { headers: agent === '' ? {} : { 'User-Agent': agent } });
    expect([agent, page.status, page.body.includes('name="nonce"')]).toEqual([agent, 200, true]);
  }

  expect(await plesk.sessions.list()).toEqual([]);
});

/** The token of a link, and where forms go. */
function formFor(link: string): { readonly token: string; readonly action: string } {
  const { origin, pathname, searchParams } = new URL(link);
  return { token: searchParams.get('sso_token') ?? '', action: origin + pathname };
}

/** As the form of a billing page comes. */
const FOREIGN = { ...NAVIGATION, 'Sec-Fetch-Site': 'cross-site', Origin: 'https://billing.example.com' };

it.each(['auto', 'direct'] as const)(
  'opens a link in mode %s by a form of another site, whose token is in no address',
  async (mode) => {
    const { link, plesk } = await startBoth();
    const { token, action } = formFor(await link({ mode }));
    const form = `sso_token=${token}`;

    const asked = await browse(action, { form, headers: FOREIGN, refusesCookies: true });
    expect([asked.status, asked.location, asked.body]).toEqual([307, '/sign-in?cookie=1', '']);
    expect(asked.cookies.join()).toMatch(/HttpOnly; SameSite=None; Secure/);
    expect(await plesk.sessions.list()).toEqual([]);
    const opened = await browse(action, { form, headers: FOREIGN });

    expect([opened.status, opened.location?.includes('rsession_init')]).toEqual([303, true]);
  },
);

it('shows the button for a form of another site in mode confirm, which posts the token again', async () => {
  const { link, plesk } = await startBoth();
  const { token, action } = formFor(await link({ mode: 'confirm' }));

  const page = await browse(action, { form: `sso_token=${token}`, headers: FOREIGN });

  expect(page.status).toBe(200);
  const inputs = [...page.body.matchAll(/name="(\w+)" value="([^"]*)"/g)].map(
    ([, name = '', value = '']): [name: string, value: string] => [name, value],
  );
  expect(inputs.map(([name]) => name)).toEqual(['sso_token', 'nonce']);
  expect(await plesk.sessions.list()).toEqual([]);
  const [set = ''] = page.cookies;
  const form = new URLSearchParams(inputs).toString();
  const pressed = await browse(action, { form, cookie: set.slice(0, set.indexOf(';')) });
  expect(pressed.status).toBe(303);
  expect((await browse(action, { form })).status).toBe(410);
});

it.each<readonly [string, string, Visit, number, string]>([
  ['no token', '', { form: 'x=1' }, 400, 'token_missing'],
  ['two tokens', '', { form: 'sso_token=TOKEN&sso_token=TOKEN' }, 400, 'token_malformed'],
  ['a token in the address too', '?sso_token=TOKEN', { form: 'sso_token=TOKEN' }, 400, 'token_malformed'],
  [
    'JSON',
    '',
    { form: '{"sso_token":"TOKEN"}', headers: { 'Content-Type': 'application/json' } },
    415,
    'unsupported_media_type',
  ],
])('refuses a form with %s, and spends nothing', async (_what, query, visit, status, code) => {
  const { link, plesk } = await startBoth();
  const { token, action } = formFor(await link());
  const put = (text: string): string => text.replaceAll('TOKEN', token);

  const page = await browse(action + put(query), { ...visit, form: put(visit.form ?? '') });

  expect([page.status, codeOf(page)]).toEqual([status, code]);
  expect(await plesk.sessions.list()).toEqual([]);
});

it('opens a link that is bound to a browser only by the form of that browser', async () => {
  const { link, plesk, audit } = await startBoth();
  const url = await link({ browser_binding: sha256(NONCE) });
  const { token, action } = formFor(url);
  const post = (fields: object): ReturnType<typeof browse> =>
    browse(action, { form: new URLSearchParams({ sso_token: token, ...fields }).toString() });

  const refused = [
    await browse(url),
    await browse(`${url}&browser_nonce=${encodeURIComponent(NONCE)}`),
    await post({}),
    await post({ browser_nonce: '' }),
    await post({ browser_nonce: sha256(NONCE) }),
    await post({ browser_nonce: `${NONCE}.` }),
  ];

  expect(refused.map((page) => `${page.status} ${String(codeOf(page))}`)).toEqual(
    refused.map(() => '403 browser_mismatch'),
  );
  expect(await plesk.sessions.list()).toEqual([]);
  expect((await post({ browser_nonce: NONCE })).status).toBe(303);
  expect(audit.map(({ event }) => event)).toEqual(['issued', ...refused.map(() => 'refused'), 'opened']);
});

it('takes no nonce of fewer than 16 bytes, though its SHA-256 is right', async () => {
  const { link } = await startBoth();
  const { token, action } = formFor(await link({ browser_binding: sha256('123456789012345') }));
  const page = await browse(action, { form: `sso_token=${token}&browser_nonce=123456789012345` });
  expect(codeOf(page)).toBe('browser_mismatch');
});

it.each(['', 'x', sha256('x').slice(1), `${sha256('x')}=`, `${sha256('x').slice(0, -1)}B`, 7])(
  'makes no link for the browser_binding %j',
  async (binding) => {
    const { call } = await startBoth();
    const answer = await call(CREATE, { user_id: 18, browser_binding: binding }, { Apikey: API_KEY });
    expect([answer.status, answer.body['code']]).toEqual([422, 'browser_binding_invalid']);
  },
);

it.each([
  [{ 'Sec-Fetch-Mode': 'cors' }, 'Sec-Fetch-Mode: cors'],
  [{ 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'iframe' }, 'Sec-Fetch-Dest: iframe'],
  [{ 'Sec-Purpose': 'prefetch;prerender' }, 'Sec-Purpose: prefetch;prerender'],
  [{ 'Sec-Fetch-Dest': '<script>' }, 'its header Sec-Fetch-Dest.'],
])('names the header for which it refuses %j', async (headers, named) => {
  const { link } = await startBoth();
  const { body } = await browse(await link(), { headers });
  expect((JSON.parse(body) as { readonly message: string }).message).toContain(named);
  expect(body).not.toContain('<script>');
});

it("names the header that Node's fetch sends always", async () => {
  const { link } = await startBoth();
  const answer = await fetch(await link());
  expect([answer.status, ((await answer.json()) as { readonly message: string }).message]).toEqual([
    403,
    expect.stringContaining('Sec-Fetch-Mode: cors'),
  ]);
});

it('offers to post the form again where Plesk is away', async () => {
  const { link } = await startBoth({ api: false });
  const { token, action } = formFor(await link());
  const html = { Accept: 'text/html', ...NAVIGATION };

  const page = await browse(action, { form: `sso_token=${token}`, headers: html });

  expect(page.status).toBe(502);
  expect(page.body).toContain(`<input type="hidden" name="sso_token" value="${token}" />`);
  expect(page.headers['content-security-policy']).toContain("form-action 'self' ");
});
