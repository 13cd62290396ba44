import { expect, it } from 'vitest';
import { mintToken } from '../../src/links/token.ts';
import { browse } from '../support/browse.ts';
import { codeOf } from '../support/confirming.ts';
import { onRedis } from '../support/openings.ts';
import { startRedis, whyNoRedis } from '../support/redis.ts';
import { startBoth } from '../support/service.ts';

const noRedis = whyNoRedis();
const becauseRedis = noRedis === undefined ? '' : ` (skipped: ${noRedis})`;

/** Every character as its escape. */
const escaped = (text: string): string =>
  text.replace(/./gs, (one) => `%${one.charCodeAt(0).toString(16).padStart(2, '0')}`);

/** The last of 43 characters of base64url holds two bits that count for nothing. */
const sloppy = (token: string): string =>
  token.slice(0, 47) + String.fromCharCode(token.charCodeAt(47) + 1) + token.slice(48);

const otherCase = (letter: string): string =>
  letter === letter.toLowerCase() ? letter.toUpperCase() : letter.toLowerCase();

type Query = (token: string) => string;

const MISSING: readonly (readonly [string, Query])[] = [
  ['nothing', () => ''],
  ['a name without a value', () => '?sso_token'],
  ['an empty value', () => '?sso_token='],
  ['a list', (token) => `?sso_token[]=${token}`],
  ['a list in escapes', (token) => `?sso_token%5B%5D=${token}`],
  ['a list with a number', (token) => `?sso_token[0]=${token}`],
  ['a name in capitals', (token) => `?SSO_TOKEN=${token}`],
  ['another name', (token) => `?token=${token}`],
  ['a name behind a blank', (token) => `?+sso_token=${token}`],
  ['two question marks', (token) => `??sso_token=${token}`],
  ['a semicolon before it', (token) => `?a=1;sso_token=${token}`],
  ['a name that is escaped twice', (token) => `?sso%255Ftoken=${token}`],
];

const MALFORMED: readonly (readonly [string, Query])[] = [
  ['it twice', (token) => `?sso_token=${token}&sso_token=${token}`],
  ['it twice, once in escapes', (token) => `?sso_token=${token}&sso%5Ftoken=${token}`],
  ['it twice, once in escapes all over', (token) => `?${escaped('sso_token')}=${token}&sso_token=x`],
  ['it twice, empty at first', (token) => `?sso_token=&sso_token=${token}`],
  ['it twice, empty at last', (token) => `?sso_token=${token}&sso_token`],
  ['one character too few', (token) => `?sso_token=${token.slice(0, -1)}`],
  ['one character too many', (token) => `?sso_token=${token}A`],
  [
    'another last character',
    (token) => `?sso_token=${token.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A'))}`,
  ],
  [
    'two characters in the other order',
    (token) => `?sso_token=${token.replace(/^(psso_.*?)(.)(?!\2)(.)/, '$1$3$2')}`,
  ],
  ['a prefix in capitals', (token) => `?sso_token=${token.replace('psso', 'PSSO')}`],
  ['no prefix', (token) => `?sso_token=${token.slice(5)}`],
  ['all of it in the other case', (token) => `?sso_token=psso_${token.slice(5).replace(/./g, otherCase)}`],
  ['bits that count for nothing', (token) => `?sso_token=${sloppy(token)}`],
  ['a blank before it', (token) => `?sso_token=+${token}`],
  ['a blank behind it', (token) => `?sso_token=${token}%20`],
  ['the full stop of a sentence', (token) => `?sso_token=${token}.`],
  ['a bracket of a mail', (token) => `?sso_token=${token}%3E`],
  ['a NUL behind it', (token) => `?sso_token=${token}%00`],
  ['a line end behind it', (token) => `?sso_token=${token}%0D%0A`],
  ['a semicolon behind it', (token) => `?sso_token=${token};a=1`],
  ['it escaped twice', (token) => `?sso_token=${encodeURIComponent(escaped(token))}`],
  ['it as JSON', (token) => `?sso_token=%22${token}%22`],
  [
    'it with a letter that only looks like one',
    (token) => `?sso_token=${token.replace('psso', 'ps%D1%95o')}`,
  ],
  ['201 characters', () => `?sso_token=${'a'.repeat(201)}`],
  ['8000 characters', (token) => `?sso_token=${token.repeat(150)}`],
  ['a bad escape', (token) => `?sso_token=${token}%zz`],
  ['SQL', () => "?sso_token='%20OR%201=1--"],
  ['a key of Redis', () => '?sso_token=*'],
];

it.each(MISSING)('finds no token where a URL has %s', async (_what, query) => {
  const { plesk, url, link } = await startBoth();
  const good = await link();

  const page = await browse(url + '/sign-in' + query(new URL(good).searchParams.get('sso_token') ?? ''));

  expect([page.status, codeOf(page)]).toEqual([400, 'token_missing']);
  expect(await plesk.sessions.list()).toEqual([]);
  expect((await browse(good)).status).toBe(303);
});

it.each(MALFORMED)('takes no token from a URL that has %s', async (_what, query) => {
  const { plesk, url, link } = await startBoth();
  const good = await link();

  const page = await browse(url + '/sign-in' + query(new URL(good).searchParams.get('sso_token') ?? ''));

  expect([page.status, codeOf(page)]).toEqual([400, 'token_malformed']);
  expect(await plesk.sessions.list()).toEqual([]);
  expect((await browse(good)).status).toBe(303);
});

it.each<readonly [string, Query]>([
  ['in escapes', (token) => `/sign-in?${escaped('sso_token')}=${escaped(token)}`],
  ['behind other parameters', (token) => `/sign-in?a=1&a=2&sso_tokens=x&sso_token=${token}`],
  ['before other parameters', (token) => `/sign-in?sso_token=${token}&utm_source=mail&SSO_TOKEN=x`],
  ['below a language', (token) => `/en/sign-in?sso_token=${token}`],
  ['below a language of a country', (token) => `/pt-BR/sign-in?sso_token=${token}`],
])('opens a link whose token stands %s', async (_where, pathOf) => {
  const { url, link } = await startBoth();
  const token = new URL(await link()).searchParams.get('sso_token') ?? '';
  expect((await browse(url + pathOf(token))).status).toBe(303);
});

it.each([
  '/sign-in/',
  '/SIGN-IN',
  '/%73ign-in',
  '/eng/sign-in',
  '/e1/sign-in',
  '/en/sign-in/x',
  '//sign-in',
  '/en//sign-in',
  '/signin',
])('opens nothing at %s', async (path) => {
  const { url, link } = await startBoth();
  const good = await link();
  expect((await browse(`${url}${path}${new URL(good).search}`)).status).toBe(404);
  expect((await browse(good)).status).toBe(303);
});

it.skipIf(noRedis !== undefined)(
  `asks the store for no token that cannot be one${becauseRedis}`,
  async () => {
    const redis = await startRedis();
    const limits = { openLimit: 1000, failedLimit: 1000 };
    const { url, link } = await startBoth({}, { ...onRedis(redis), ...limits });
    const token = new URL(await link()).searchParams.get('sso_token') ?? '';
    const seen: string[] = [];
    const monitor = await redis.client.monitor();
    monitor.on('monitor', (_time: string, words: readonly string[]) => seen.push(words.join(' ')));
    /** Whether a digest was looked up by what is asked for here. */
    const isAsked = async (mark: string, query: string): Promise<boolean> => {
      await browse(`${url}/sign-in${query}`);
      await redis.client.echo(mark);
      await expect.poll(() => seen.some((line) => line.includes(mark)), { timeout: 15_000 }).toBe(true);
      return seen.splice(0).some((line) => /:digest:[\da-f]{64}/.test(line));
    };

    for (const [what, query] of [...MISSING, ...MALFORMED])
      expect([what, await isAsked(`mark-${what}`, query(token))]).toEqual([what, false]);
    const unknown = mintToken({ hex32: () => '0'.repeat(32) });
    expect(await isAsked('mark-unknown', `?sso_token=${unknown}`)).toBe(true);
    monitor.disconnect();
  },
);
