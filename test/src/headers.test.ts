import type { OutgoingHttpHeaders } from 'node:http';
import { expect, it } from 'vitest';
import type { EmulatorOptions } from '../../server/emulator.ts';
import type { ServiceOptions } from '../../src/service.ts';
import type { Page, Visit } from '../support/browse.ts';
import { browse } from '../support/browse.ts';
import { API_KEY, startBoth } from '../support/service.ts';
import { PREVIEWS } from '../support/user-agents.ts';

const CREATE = '/api/Clients/CreateClientSsoToken';
const HTML: OutgoingHttpHeaders = { Accept: 'text/html,application/xhtml+xml;q=0.9,*/*;q=0.8' };

/** What somebody from another site asks for, to be let read it. */
const ask = (url: string, { headers, ...visit }: Visit = {}): Promise<Page> =>
  browse(url, { ...visit, headers: { Origin: 'https://evil.example', ...headers } });

const post = (url: string, body: string, headers: OutgoingHttpHeaders = {}): Promise<Page> =>
  ask(url, { form: body, headers: { 'Content-Type': 'application/json', Apikey: API_KEY, ...headers } });

type World = Awaited<ReturnType<typeof startBoth>>;

/** One way to be answered, with the status and what is special about the service. */
type Kind = readonly [
  what: string,
  status: number,
  get: (world: World) => Promise<Page>,
  special?: { readonly service?: Partial<ServiceOptions>; readonly plesk?: EmulatorOptions },
];

/** An audit that cannot be written: whatever it is told of fails by that. */
const broken: Partial<ServiceOptions> = {
  audit: {
    record: () => {
      throw new Error('the disk is full');
    },
  },
};

const KINDS: readonly Kind[] = [
  ['a link that is made', 200, ({ url }) => post(`${url}${CREATE}`, '{"user_id":18}')],
  ['what is no JSON', 400, ({ url }) => post(`${url}${CREATE}`, '{')],
  ['a call without a key', 401, ({ url }) => post(`${url}${CREATE}`, '{}', { Apikey: '' })],
  ['an unknown action', 404, ({ url }) => post(`${url}/api/Clients/Nope`, '{}')],
  ['GET of an action', 405, ({ url }) => ask(`${url}${CREATE}`)],
  [
    'the question of a script of another site',
    405,
    ({ url }) =>
      ask(`${url}${CREATE}`, {
        method: 'OPTIONS',
        headers: { 'Access-Control-Request-Method': 'POST', 'Access-Control-Request-Headers': 'apikey' },
      }),
  ],
  ['a body of 17 KiB', 413, ({ url }) => post(`${url}${CREATE}`, ' '.repeat(17_000))],
  ['another media type', 415, ({ url }) => post(`${url}${CREATE}`, '{}', { 'Content-Type': 'text/plain' })],
  ['an unknown field', 422, ({ url }) => post(`${url}${CREATE}`, '{"user_id":18,"x":1}')],
  [
    'a bug behind the API',
    500,
    ({ url }) => post(`${url}${CREATE}`, '{"user_id":18}'),
    {
      service: broken,
    },
  ],

  ['an opening', 303, async ({ link }) => ask(await link())],
  ['an opening for a person', 303, async ({ link }) => ask(await link(), { headers: HTML })],
  ['our own door', 303, continued, { plesk: { plesk: '12.0' } }],
  ['the button', 200, async ({ link }) => ask(await link({ mode: 'confirm' }))],
  [
    'a form of another site',
    403,
    async ({ link }) => ask(await link({ mode: 'confirm' }), { form: 'nonce=1', headers: HTML }),
  ],
  ['a preview', 200, async ({ link }) => ask(await link(), { headers: { 'User-Agent': PREVIEWS['Slack'] } })],
  ['HEAD of a link', 200, async ({ link }) => ask(await link(), { method: 'HEAD' })],
  ['OPTIONS of a link', 204, async ({ link }) => ask(await link(), { method: 'OPTIONS' })],
  ['TRACE of a link', 405, async ({ link }) => ask(await link(), { method: 'TRACE' })],
  ['no token', 400, ({ url }) => ask(`${url}/sign-in`)],
  ['no token, for a person', 400, ({ url }) => ask(`${url}/sign-in`, { headers: HTML })],
  [
    'a link that was used',
    410,
    async ({ link }) => {
      const used = await link();
      await browse(used);
      return ask(used, { headers: HTML });
    },
  ],
  [
    'one opening too many',
    429,
    async ({ link }) => (await ask(await link()), ask(await link())),
    {
      service: { openLimit: 1 },
    },
  ],
  [
    'a Plesk that refuses',
    502,
    async ({ link }) => ask(await link(), { headers: HTML }),
    {
      plesk: { api: false },
    },
  ],
  [
    'a bug behind a page',
    500,
    ({ url }) => ask(`${url}/sign-in`, { headers: HTML }),
    {
      service: broken,
    },
  ],

  ['the page at the root', 200, ({ url }) => ask(`${url}/`)],
  ['the description of the API', 200, ({ url }) => ask(`${url}/openapi.json`)],
  ['whether it lives', 200, ({ url }) => ask(`${url}/healthz`)],
  ['whether it is ready', 200, ({ url }) => ask(`${url}/readyz`)],
  ['OPTIONS of whether it lives', 200, ({ url }) => ask(`${url}/healthz`, { method: 'OPTIONS' })],
  ['nothing', 404, ({ url }) => ask(`${url}/nothing`)],
  ['nothing, for a person', 404, ({ url }) => ask(`${url}/nothing`, { headers: HTML })],
  ['an unknown reference of our own door', 404, ({ url }) => ask(`${url}/continue/${'0'.repeat(32)}`)],
  ['PUT of our own door', 405, ({ url }) => ask(`${url}/continue/${'0'.repeat(32)}`, { method: 'PUT' })],
  ['the metrics', 200, ({ service }) => ask(`${service.metricsUrl}/metrics`)],
  ['whether it is ready, beside the metrics', 200, ({ service }) => ask(`${service.metricsUrl}/readyz`)],
  ['nothing beside the metrics', 404, ({ service }) => ask(`${service.metricsUrl}/sign-in`)],
];

async function continued({ link }: World): Promise<Page> {
  const opened = await browse(await link({ destination: 'https://billing.example.com/' }));
  return ask(new URL(opened.location ?? '').searchParams.get('success_redirect_url') ?? '');
}

const CASES = KINDS.map(([what, status, get, special = {}]) => [what, status, get, special] as const);

it.each(CASES)('answers %s with %i and all headers of every answer', async (what, expected, get, special) => {
  const world = await startBoth(special.plesk, special.service);

  const { status, headers, body, cookies } = await get(world);

  expect(status).toBe(expected);
  expect(headers).toMatchObject({
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'x-request-id': expect.stringMatching(
      /^[\da-f]{8}-[\da-f]{4}-4[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/,
    ) as string,
  });
  const policy = String(headers['content-security-policy']);
  for (const rule of ["default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", 'form-action'])
    expect(policy.split('; ').map((one) => one.slice(0, rule.length))).toContain(rule);
  expect(policy).not.toMatch(/unsafe|script-src|\*/);
  const names = Object.keys(headers);
  expect(
    names.filter((name) => /^access-control-|^timing-allow|^x-powered|^server$|^etag$/.test(name)),
  ).toEqual([]);
  expect(cookies).toHaveLength(what === 'the button' ? 1 : 0);
  if (status === 303 || status === 204) expect(body).toBe('');
  if (status === 303) expect(headers['content-length']).toBe('0');
  expect(body).not.toMatch(/node_modules|\.ts:\d|\n\s+at |disk is full/);
});
