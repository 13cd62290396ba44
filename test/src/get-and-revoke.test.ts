import { expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../server/emulator.ts';
import { browse } from '../support/browse.ts';
import { NOW, testClock } from '../support/clock.ts';
import { directoryOf, entryOf, startBoth, startService } from '../support/service.ts';

const GET = 'Clients/GetClientSsoToken';
const REVOKE = 'Clients/RevokeClientSsoToken';
const CREATE = 'Clients/CreateClientSsoToken';

const tokenIn = (link: string): string => new URL(link).searchParams.get('sso_token') ?? '';
const iso = (seconds: number): string => new Date(NOW + seconds * 1000).toISOString();

it('tells of a link through its whole life, and spends nothing', async () => {
  const clock = testClock();
  const { call, link } = await startBoth({}, { clock });
  const url = await link({ destination: 'news', client_ip: '127.0.0.0/8' });
  const token = tokenIn(url);
  const state = async (): Promise<unknown> => (await call(GET, { token })).body.data;
  const told = {
    user_id: 18,
    state: 'issued',
    destination: 'news',
    issued_at: iso(0),
    expires_at: iso(60),
    opened_at: null,
    client_ip: '127.0.0.0/8',
  };
  expect(await state()).toMatchObject(told);
  expect(await state()).toMatchObject(told);

  clock.pass(10);
  expect((await browse(url)).status).toBe(303);

  expect(await state()).toMatchObject({ ...told, state: 'opened', opened_at: iso(10) });
  clock.pass(100);
  expect(await state()).toMatchObject({ state: 'opened' });
});

it('tells of a link by its id, too, and that it has expired', async () => {
  const clock = testClock();
  const { call } = await startBoth({}, { clock });
  const { body } = await call(CREATE, { user_id: 18 });
  clock.pass(60);

  expect((await call(GET, { id: body.data?.['id'] })).body.data).toMatchObject({ state: 'expired' });
});

it.each([
  [GET, 422, 'token_or_id_required', {}],
  [GET, 422, 'token_or_id_required', { token: null, id: null }],
  [GET, 422, 'token_or_id_required', { token: 'x', id: '0'.repeat(32) }],
  [GET, 422, 'unknown_field', { user_id: 18 }],
  [GET, 404, 'token_unknown', { id: '0'.repeat(32) }],
  [GET, 404, 'token_unknown', { id: 'x' }],
  [GET, 400, 'token_malformed', { token: 'psso_x' }],
  [GET, 400, 'token_malformed', { token: 7 }],
  [REVOKE, 422, 'token_or_id_required', {}],
  [REVOKE, 422, 'token_or_id_required', { id: '0'.repeat(32), user_id: 18 }],
  [REVOKE, 422, 'user_id_invalid', { user_id: 'x' }],
  [REVOKE, 404, 'token_unknown', { id: '0'.repeat(32) }],
])('%s answers %i %s: %j', async (action, status, code, request) => {
  const { call } = await startBoth();

  expect(await call(action, request)).toMatchObject({ status, body: { code } });
});

it('revokes a link, which then opens no more', async () => {
  const { call, link, audit } = await startBoth();
  const url = await link();

  expect((await call(REVOKE, { token: tokenIn(url) })).body.data).toEqual({ revoked: 1 });

  const opened = await browse(url);
  expect(opened.status).toBe(410);
  expect(JSON.parse(opened.body)).toMatchObject({ code: 'token_revoked' });
  expect((await call(REVOKE, { token: tokenIn(url) })).body.data).toEqual({ revoked: 0 });
  expect(audit.map(({ event, outcome, action }) => [event, outcome, action])).toEqual([
    ['issued', 'successful', CREATE],
    ['revoked', 'successful', REVOKE],
    ['refused', 'token_revoked', undefined],
  ]);
});

it('ends the Plesk session of a link that was opened', async () => {
  const { plesk, call, link } = await startBoth();
  const url = await link();
  const { location = '' } = await browse(url);
  const panel = await browse(location, { ca: plesk.ca ?? '' });
  expect(panel.status).toBe(303);

  expect((await call(REVOKE, { token: tokenIn(url) })).body.data).toEqual({
    revoked: 1,
    plesk_session: 'ended',
  });

  expect(await plesk.sessions.list()).toEqual([]);
  // What was ended is not asked for again.
  expect((await call(REVOKE, { token: tokenIn(url) })).body.data).toEqual({ revoked: 0 });
});

it('revokes all links of a user, those that wait and those that were opened', async () => {
  const { plesk, call, link } = await startBoth();
  const urls = [await link(), await link(), await link()];
  await browse(urls[0] ?? '');

  expect((await call(REVOKE, { user_id: 18 })).body.data).toEqual({ revoked: 3, plesk_session: 'ended' });

  expect((await browse(urls[1] ?? '')).status).toBe(410);
  expect(await plesk.sessions.list()).toEqual([]);
  expect((await call(REVOKE, { user_id: 99 })).body.data).toEqual({ revoked: 0 });
});

it.each(['10.4', '11.0', '11.5'] as const)('cannot end a session on %s, and says so', async (release) => {
  const { plesk, call, link } = await startBoth({ plesk: release });
  const url = await link();
  expect((await browse(url)).status).toBe(303);

  expect((await call(REVOKE, { token: tokenIn(url) })).body.data).toEqual({
    revoked: 0,
    plesk_session: 'not_supported',
  });
  expect(await plesk.sessions.list()).toHaveLength(1);
});

it('cannot end a session with the credentials of a reseller, and says so', async () => {
  const plesk = await startEmulator({ seed: 'demo', https: true });
  onTestFinished(() => plesk.close());
  const server = entryOf(plesk, { auth: { login: 'rita', password: 'env:RITA' } });
  // cora belongs to rita.
  const account = { service_id: 1, server: 'plesk-1', login: 'cora', role: 'customer' };
  const { call, link } = await startService(
    directoryOf({ 'plesk-1': server }, { users: { 18: { active: true, accounts: [account] } } }),
    { env: { RITA: 'reseller1Q**' } },
  );
  const url = await link();
  expect((await browse(url)).status).toBe(303);

  expect((await call(REVOKE, { token: tokenIn(url) })).body.data).toEqual({
    revoked: 0,
    plesk_session: 'not_supported',
  });
});

it('says that it failed where Plesk cannot be asked, and can be asked again', async () => {
  const { plesk, call, link } = await startBoth();
  const url = await link();
  await browse(url);
  await plesk.close();

  expect((await call(REVOKE, { token: tokenIn(url) })).body.data).toEqual({
    revoked: 0,
    plesk_session: 'failed',
  });
  expect((await call(REVOKE, { token: tokenIn(url) })).body.data).toMatchObject({ plesk_session: 'failed' });
});
