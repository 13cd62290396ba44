import { expect, it } from 'vitest';
import { digestOf } from '../../base/secret.ts';
import { browse } from '../support/browse.ts';
import { testClock } from '../support/clock.ts';
import { directoryOf, startBoth, startService } from '../support/service.ts';
import type { StartedService } from '../support/service.ts';

const CREATE = 'Clients/CreateClientSsoToken';
const REQUEST = { user_id: 18, destination: 'ac-ps-product', destination_values: [101] };
const OTHER_KEY = 'psso_key_other';

async function start(): Promise<StartedService & { readonly clock: ReturnType<typeof testClock> }> {
  const clock = testClock();
  const server = {
    url: 'https://plesk.invalid:8443',
    release: '18.0',
    auth: { secretKey: 'env:PLESK_PASSWORD' },
  };
  const directory = directoryOf(
    { 'plesk-1': server },
    { api_keys: [{ id: 'other', name: 'other', sha256: digestOf(OTHER_KEY) }] },
  );
  return { ...(await startService(directory, { clock })), clock };
}

it('gives the same answer to the same request with the same key, for 60 seconds', async () => {
  const { call, clock } = await start();
  const headers = { 'Idempotency-Key': 'order-4711' };
  const first = await call(CREATE, REQUEST, headers);
  expect(first.status).toBe(200);

  clock.pass(59.999);
  expect((await call(CREATE, REQUEST, headers)).body).toEqual(first.body);
  // What it says is what counts, not how it is written.
  const rewritten = `{"destination_values":["101"], "destination": "ac-ps-product", "user_id": "18"}`;
  const { destination_values: values, ...rest } = REQUEST;
  expect((await call(CREATE, { destination_values: values, ...rest }, headers)).body).toEqual(first.body);
  expect((await call(CREATE, rewritten, headers)).body).toMatchObject({ code: 'idempotency_conflict' });

  clock.pass(0.001);
  const later = await call(CREATE, REQUEST, headers);
  expect(later.status).toBe(200);
  expect(later.body.data?.['token']).not.toBe(first.body.data?.['token']);
});

it.each([
  ['another user', { user_id: 19 }],
  ['another destination', { ...REQUEST, destination_values: [102] }],
  ['another mode', { ...REQUEST, mode: 'confirm' }],
  ['a field more', { ...REQUEST, client_ip: '192.0.2.1' }],
])('refuses a key that came with %s', async (_case, request) => {
  const { call, audit } = await startWithTwoUsers();
  const headers = { 'Idempotency-Key': 'order-4711' };
  await call(CREATE, REQUEST, headers);

  expect(await call(CREATE, request, headers)).toMatchObject({
    status: 409,
    body: { code: 'idempotency_conflict' },
  });
  expect(audit.at(-1)).toMatchObject({ event: 'refused', outcome: 'idempotency_conflict' });
});

async function startWithTwoUsers(): Promise<StartedService> {
  const server = {
    url: 'https://plesk.invalid:8443',
    release: '18.0',
    auth: { secretKey: 'env:PLESK_PASSWORD' },
  };
  const account = { service_id: 1, server: 'plesk-1', login: 'cora', role: 'customer' };
  return startService(
    directoryOf({ 'plesk-1': server }, { users: { 19: { active: true, accounts: [account] } } }),
  );
}

it('keeps the keys of two API keys apart', async () => {
  const { call } = await start();
  const first = await call(CREATE, REQUEST, { 'Idempotency-Key': 'order-4711' });

  const other = await call(CREATE, { user_id: 18 }, { 'Idempotency-Key': 'order-4711', Apikey: OTHER_KEY });

  expect(other.status).toBe(200);
  expect(other.body.data?.['token']).not.toBe(first.body.data?.['token']);
});

it('makes one link of ten requests that come at once', async () => {
  const { call, audit } = await start();

  const answers = await Promise.all(
    Array.from({ length: 10 }, () => call(CREATE, REQUEST, { 'Idempotency-Key': 'order-4711' })),
  );

  expect(new Set(answers.map(({ body }) => body.data?.['token'])).size).toBe(1);
  expect(audit).toMatchObject([{ event: 'issued' }]);
});

it('does not keep what was refused: the same key may be used for the mended request', async () => {
  const { call } = await start();
  const headers = { 'Idempotency-Key': 'order-4711' };

  expect((await call(CREATE, { user_id: 18, destination: 'nowhere' }, headers)).status).toBe(422);
  expect((await call(CREATE, REQUEST, headers)).status).toBe(200);
});

it('opens once, however often it was told', async () => {
  const { call } = await startBoth();
  const headers = { 'Idempotency-Key': 'order-4711' };
  const urls = [await call(CREATE, REQUEST, headers), await call(CREATE, REQUEST, headers)].map(({ body }) =>
    String(body.data?.['url']),
  );

  expect((await browse(urls[0] ?? '')).status).toBe(303);
  expect((await browse(urls[1] ?? '')).status).toBe(410);
});
