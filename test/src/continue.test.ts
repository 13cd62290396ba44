import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ServiceOptions } from '../../src/service.ts';
import { browse } from '../support/browse.ts';
import { testClock } from '../support/clock.ts';
import { onRedis } from '../support/openings.ts';
import { startRedis, whyNoRedis } from '../support/redis.ts';
import type { StartedService } from '../support/service.ts';
import {
  CLIENT_AREA,
  directoryOf,
  entryOf,
  startBoth,
  startService,
  writeDirectory,
} from '../support/service.ts';
import { folder } from '../support/tools.ts';

/** A Plesk that lets only our own host follow a login, so that the client area has to be reached by our door. */
const DETOUR = { plesk: '18.0', trustedRedirectHosts: ['127.0.0.1'] } as const;

const startDetour = (
  options: Parameters<typeof startBoth>[1] = {},
): Promise<Awaited<ReturnType<typeof startBoth>>> =>
  startBoth(DETOUR, options, { trustedRedirectHosts: DETOUR.trustedRedirectHosts });

/** Has a link made, and answers its URL and that of the door which it may lead through. */
async function issue(
  started: StartedService,
  body: object = { destination: 'ac-ps-products' },
): Promise<{ readonly link: string; readonly door: string; readonly id: string }> {
  const { body: answer } = await started.call('Clients/CreateClientSsoToken', { user_id: 18, ...body });
  const id = String(answer.data?.['id']);
  return { link: String(answer.data?.['url']), door: `${started.url}/continue/${id}`, id };
}

const NOTHING = { status: 404, location: undefined } as const;
const TARGET = `${CLIENT_AREA}/services`;

it('leads on with an empty answer that is kept by nobody and says nothing to the next page', async () => {
  const started = await startDetour();
  const { link, door } = await issue(started);
  const opened = await browse(link);
  expect(new URL(opened.location ?? '').searchParams.get('success_redirect_url')).toBe(door);

  const page = await browse(door, { headers: { Accept: 'text/html' } });

  expect(page).toMatchObject({ status: 303, location: TARGET, body: '', cookies: [] });
  expect(page.headers).toMatchObject({
    'content-length': '0',
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-robots-tag': 'noindex',
  });
  expect(page.headers).not.toHaveProperty('x-powered-by');
});

it('leads nowhere before the link was opened, nor where its opening failed', async () => {
  const started = await startDetour();
  const { link, door } = await issue(started);

  expect(await browse(door)).toMatchObject(NOTHING);
  await browse(link, { method: 'HEAD' });
  expect(await browse(door)).toMatchObject(NOTHING);
  await started.plesk.close();
  expect(await browse(link)).toMatchObject({ status: 503 });
  expect(await browse(door)).toMatchObject(NOTHING);
});

it('leads nowhere for a link that was revoked unopened', async () => {
  const started = await startDetour();
  const { link, door, id } = await issue(started);

  await started.call('Clients/RevokeClientSsoToken', { id });

  expect(await browse(link)).toMatchObject({ status: 410 });
  expect(await browse(door)).toMatchObject(NOTHING);
});

it.each([
  ['the start page of the panel', {}],
  ['a page of the panel', { destination: '/smb/web/view' }],
])('leads nowhere for an opened link to %s, which needs no door', async (_what, body) => {
  const started = await startDetour();
  const { link, door } = await issue(started, body);

  expect(await browse(link)).toMatchObject({ status: 303 });

  expect(await browse(door)).toMatchObject(NOTHING);
});

it('leads on for five minutes from the opening of the link, as often as it is asked, and no longer', async () => {
  const clock = testClock();
  const started = await startDetour({ clock });
  const { link, door } = await issue(started);
  clock.pass(59);
  await browse(link);

  const seen: unknown[] = [];
  for (const seconds of [0, 1, 298.999, 0.001, 86_000]) {
    clock.pass(seconds);
    seen.push((await browse(door)).location);
  }

  expect(seen).toEqual([TARGET, TARGET, TARGET, undefined, undefined]);
});

it('counts the five minutes from the opening and not from its last use', async () => {
  const clock = testClock();
  const started = await startDetour({ clock });
  const { link, door } = await issue(started);
  await browse(link);

  clock.pass(200);
  expect(await browse(link)).toMatchObject({ status: 410 });
  expect(await browse(door)).toMatchObject({ location: TARGET });
  clock.pass(100);

  expect(await browse(door)).toMatchObject(NOTHING);
});

it('leads each link to its own target', async () => {
  const started = await startDetour();
  const one = await issue(started);
  const other = await issue(started, { destination: 'ac-ps-detail-invoice', destination_values: [7] });
  await browse(one.link);
  await browse(other.link);

  expect(await browse(one.door)).toMatchObject({ location: TARGET });
  expect(await browse(other.door)).toMatchObject({ location: `${CLIENT_AREA}/invoices/detail/7` });
});

it.each([
  ['one that nobody has', (id: string) => id.replace(/^./, (digit) => (digit === '0' ? '1' : '0'))],
  ['none', () => ''],
  ['one in capitals', () => 'A'.repeat(32)],
  ['one that is too short', (id: string) => id.slice(1)],
  ['one that is too long', (id: string) => `${id}0`],
  ['one with a slash behind it', (id: string) => `${id}/`],
  ['one with a page behind it', (id: string) => `${id}/services`],
  ['one with an encoded digit', (id: string) => `%${id.charCodeAt(0).toString(16)}${id.slice(1)}`],
  ['one with an encoded slash', (id: string) => `${id}%2f`],
  ['one that is not encoded rightly', (id: string) => `${id.slice(2)}%zz`],
  ['a name of every object', () => 'constructor'],
  ['a token', (_id: string, link: string) => new URL(link).searchParams.get('sso_token') ?? 'none'],
  ['a URL', () => 'https%3A%2F%2Fevil.example'],
])('leads nowhere for %s in place of a reference', async (_what, change) => {
  const started = await startDetour();
  const { link, id } = await issue(started);
  await browse(link);
  const door = (reference: string): string => `${started.url}/continue/${reference}`;
  expect(await browse(door(id))).toMatchObject({ status: 303 });

  const page = await browse(door(change(id, link)));

  expect(page).toMatchObject(NOTHING);
  expect(JSON.parse(page.body)).toMatchObject({ status: 'error', code: 'not_found' });
});

it('shows a person whom it leads nowhere a page, with the way back to the client area', async () => {
  const { url } = await startDetour();

  const page = await browse(`${url}/continue/${'0'.repeat(32)}`, {
    headers: { Accept: 'text/html,application/xhtml+xml', 'Accept-Language': 'en' },
  });

  expect(page).toMatchObject({ status: 404, headers: { 'content-type': 'text/html; charset=utf-8' } });
  expect(page.body).toContain(`href="${CLIENT_AREA}"`);
});

it.each([
  '?target=https://evil.example/',
  '?success_redirect_url=https://evil.example/',
  '?url=https://evil.example/&destination=https://evil.example/',
  '?//evil.example',
  '?reference=00000000000000000000000000000000',
  '#https://evil.example/',
])('leads to no other target by %s, nor by any header', async (more) => {
  const started = await startDetour();
  const { link, door } = await issue(started);
  await browse(link);

  const page = await browse(`${door}${more}`, {
    cookie: 'target=https://evil.example/',
    headers: {
      Host: 'evil.example',
      'X-Forwarded-Host': 'evil.example',
      'X-Original-URL': '/continue/evil',
      Referer: 'https://evil.example/',
    },
  });

  expect(page).toMatchObject({ status: 303, location: TARGET });
});

it('answers HEAD as GET, and no other method', async () => {
  const started = await startDetour();
  const { link, door } = await issue(started);
  await browse(link);

  expect(await browse(door, { method: 'HEAD' })).toMatchObject({ status: 303, location: TARGET, body: '' });
  expect(await browse(door, { form: 'target=https://evil.example/' })).toMatchObject({ status: 405 });
  for (const method of ['POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']) {
    const page = await browse(door, { method });
    expect([method, page]).toMatchObject([method, { status: 405, headers: { allow: 'GET, HEAD' } }]);
    expect(JSON.parse(page.body)).toMatchObject({ code: 'method_not_allowed' });
  }
});

it('leads to the target that was allowed at issue, whatever the directory has become since', async () => {
  const started = await startDetour();
  const { link, door } = await issue(started);
  const { plesk, directory, service, url } = started;

  const moved = { release: '12.5', trustedRedirectHosts: ['elsewhere.example'] };
  writeDirectory(directoryOf({ 'plesk-1': entryOf(plesk, moved) }), directory);
  expect(await service.reload()).toBe(true);
  const opened = await browse(link);
  writeDirectory(directoryOf({}, { users: { '18': { active: false, accounts: [] } } }), directory);
  expect(await service.reload()).toBe(true);

  expect(new URL(opened.location ?? '').searchParams.get('success_redirect_url')).toBe(door);
  expect(door.startsWith(url)).toBe(true);
  expect(await browse(door)).toMatchObject({ status: 303, location: TARGET });
});

describe.skipIf(whyNoRedis())('a service that shares its links', { timeout: 60_000 }, () => {
  it.each<[string, object, Partial<ServiceOptions>, Partial<ServiceOptions>, number]>([
    [
      'leads nowhere for a target that is not on its own allow list',
      { destination: 'https://docs.example.com/start' },
      { allowedOrigins: ['https://docs.example.com'] },
      {},
      404,
    ],
    [
      'leads on for a target on the allow list of both',
      { destination: 'https://docs.example.com/start' },
      { allowedOrigins: ['https://docs.example.com'] },
      { allowedOrigins: ['https://docs.example.com'] },
      303,
    ],
    [
      'leads nowhere for the client area of another',
      { destination: 'ac-ps-products' },
      {},
      { clientAreaUrl: 'https://elsewhere.example.com' },
      404,
    ],
  ])('%s', async (_what, body, one, other, status) => {
    const redis = onRedis(await startRedis());
    const started = await startDetour({ ...redis, ...one });
    const { link, id } = await issue(started, body);
    const second = await startService(started.directory, { ...redis, ...other });
    expect(await browse(link)).toMatchObject({ status: 303 });

    expect((await browse(`${second.url}/continue/${id}`)).status).toBe(status);
    expect(await browse(`${started.url}/continue/${id}`)).toMatchObject({ status: 303 });
  });

  it('leads on to a host that a route of its destinations names', async () => {
    const file = join(folder('routes'), 'routes.json');
    writeFileSync(file, JSON.stringify({ kbase: 'https://help.example.com/start' }));
    const started = await startDetour({ destinations: file });
    const { link, id } = await issue(started, { destination: 'kbase' });
    expect(await browse(link)).toMatchObject({ status: 303 });

    expect(await browse(`${started.url}/continue/${id}`)).toMatchObject({
      status: 303,
      location: 'https://help.example.com/start',
    });
  });
});
