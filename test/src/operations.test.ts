import { expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../server/emulator.ts';
import { browse } from '../support/browse.ts';
import { startHeldPlesk } from '../support/held-plesk.ts';
import { startRedis, whyNoRedis } from '../support/redis.ts';
import { directoryOf, entryOf, startBoth, startService, writeDirectory } from '../support/service.ts';

const json = (text: string): unknown => JSON.parse(text);
const PEPPER = 'a pepper of one test, long enough to be one';

it('is healthy and ready, and shows how each Plesk is on the metrics port', async () => {
  const { url, service } = await startBoth();
  const ready = await browse(`${service.metricsUrl}/readyz`);

  expect([ready.status, json(ready.body)]).toEqual([
    200,
    { status: 'ready', store: 'up', directory: 'loaded', draining: false, plesk: { 'plesk-1': 'up' } },
  ]);
  expect(await browse(`${url}/readyz`)).toMatchObject({ status: 200, body: '{"status":"ready"}' });
  for (const base of [url, service.metricsUrl])
    expect(await browse(`${base}/healthz`)).toMatchObject({ status: 200, body: '{"status":"ok"}' });
});

it('stays ready while a Plesk is gone', async () => {
  const { plesk, link, service } = await startBoth({}, { breakerFailures: 1 });
  const opened = await link();
  await plesk.close();

  expect((await browse(opened)).status).toBe(503);

  const ready = await browse(`${service.metricsUrl}/readyz`);
  expect([ready.status, json(ready.body)]).toMatchObject([200, { plesk: { 'plesk-1': 'down' } }]);
  expect((await browse(`${service.metricsUrl}/metrics`)).body).toContain(
    'plesk_sso_plesk_up{server="plesk-1"} 0',
  );
});

it.skipIf(whyNoRedis() !== undefined)(
  `is not ready while its Redis is gone, makes and opens nothing, and is back by itself${whyNoRedis() ?? ''}`,
  async () => {
    const redis = await startRedis();
    const plesk = await startEmulator({ seed: 'demo', https: true });
    onTestFinished(() => plesk.close());
    const { url, call, link, service, lines } = await startService(
      directoryOf({ 'plesk-1': entryOf(plesk) }),
      {
        store: redis.url,
        pepperKeys: [PEPPER],
      },
    );
    const opened = await link();
    await redis.kill();
    const told = (sign: RegExp): readonly string[] => lines.filter((line) => sign.test(line));

    expect(json((await browse(`${service.metricsUrl}/readyz`)).body)).toMatchObject({ store: 'down' });
    expect((await browse(`${service.metricsUrl}/metrics`)).body).toMatch(/^plesk_sso_store_up 0$/m);
    expect((await browse(`${url}/readyz`)).status).toBe(503);
    expect((await browse(`${url}/healthz`)).status).toBe(200);
    const issued = await call('Clients/CreateClientSsoToken', { user_id: 18 });
    expect(issued).toMatchObject({ status: 503, body: { code: 'store_unavailable' } });
    expect(issued.headers.get('retry-after')).toBe('2');
    const open = await browse(opened);
    expect([open.status, json(open.body)]).toMatchObject([503, { code: 'store_unavailable' }]);
    expect(await plesk.sessions.list()).toEqual([]);

    await redis.start();
    await expect
      .poll(async () => (await browse(`${service.metricsUrl}/readyz`)).status, { timeout: 15_000 })
      .toBe(200);
    // Redis kept nothing: that link is gone, a new one works.
    expect((await browse(opened)).status).toBe(404);
    expect((await browse(await link())).status).toBe(303);
    expect(told(/store cannot be reached: .+; links are neither made nor opened/)).toHaveLength(1);
    expect(told(/store of the links answers again/)).toHaveLength(1);
  },
);

it.skipIf(whyNoRedis() !== undefined)('writes nothing to Redis for /readyz of the public port', async () => {
  const redis = await startRedis();
  const { url, service } = await startBoth({}, { store: redis.url, pepperKeys: [PEPPER] });
  const changes = async (): Promise<number> =>
    Number(/rdb_changes_since_last_save:(\d+)/.exec(await redis.client.info('persistence'))?.[1]);
  await browse(`${url}/readyz`);
  const before = await changes();

  expect((await browse(`${url}/readyz`)).status).toBe(200);
  expect(await changes()).toBe(before);
  expect((await browse(`${service.metricsUrl}/readyz`)).status).toBe(200);
  expect(await changes()).toBeGreaterThan(before);
});

it('shows metrics on metricsHost, and on no other address', async () => {
  const onAll = { host: '0.0.0.0' };
  const [own, other] = [
    await startBoth({}, onAll),
    await startBoth({}, { ...onAll, metricsHost: '127.0.0.2' }),
  ];
  const statusAt = (host: string, url: string): Promise<number | undefined> =>
    fetch(`http://${host}:${new URL(url).port}/healthz`).then(
      ({ status }) => status,
      () => undefined,
    );

  expect(await statusAt('127.0.0.2', own.service.url)).toBe(200);
  expect(new URL(own.service.metricsUrl).hostname).toBe('127.0.0.1');
  expect(await statusAt('127.0.0.1', own.service.metricsUrl)).toBe(200);
  expect(await statusAt('127.0.0.2', own.service.metricsUrl)).toBeUndefined();
  expect(new URL(other.service.metricsUrl).hostname).toBe('127.0.0.2');
  expect(await statusAt('127.0.0.2', other.service.metricsUrl)).toBe(200);
  expect(await statusAt('127.0.0.1', other.service.metricsUrl)).toBeUndefined();
});

it('counts outcomes and times Plesk on the metrics port, and there alone', async () => {
  const { url, service, call, link } = await startBoth();
  await browse(await link());
  await call('Clients/CreateClientSsoToken', { user_id: 99 });

  const { status, headers, body } = await browse(`${service.metricsUrl}/metrics`);

  expect(status).toBe(200);
  expect(headers['content-type']).toMatch(/^text\/plain; version=0\.0\.4/);
  expect(body).toContain('plesk_sso_events_total{event="issued",outcome="successful"} 1');
  expect(body).toContain('plesk_sso_events_total{event="opened",outcome="successful"} 1');
  expect(body).toContain('plesk_sso_events_total{event="refused",outcome="user_not_found"} 1');
  expect(body).toContain('plesk_sso_plesk_request_seconds_count{server="plesk-1",outcome="ok"} 1');
  for (const gauge of ['store_up', 'directory_loaded', 'directory_up', 'plesk_up{server="plesk-1"}'])
    expect(body).toContain(`plesk_sso_${gauge} 1`);
  expect((await browse(`${url}/metrics`)).status).toBe(404);
  expect((await browse(`${service.metricsUrl}/api/Clients/CreateClientSsoToken`)).status).toBe(404);
});

it('keeps its directory where the file gets worse, says so, and takes the next good one', async () => {
  const { plesk, service, link, call, directory, lines } = await startBoth();
  const good = directoryOf({ 'plesk-1': entryOf(plesk) });
  writeDirectory({ ...good, servers: {} }, directory);

  expect(await service.reload()).toBe(false);

  expect((await browse(await link())).status).toBe(303);
  expect(json((await browse(`${service.metricsUrl}/readyz`)).body)).toMatchObject({
    status: 'ready',
    directory: 'refused',
  });
  expect(lines.join('')).toContain('users.18.accounts.0.server');
  expect((await browse(`${service.metricsUrl}/metrics`)).body).toMatch(/^plesk_sso_directory_loaded 0$/m);

  writeDirectory({ ...good, users: {} }, directory);
  expect(await service.reload()).toBe(true);
  expect(await call('Clients/CreateClientSsoToken', { user_id: 18 })).toMatchObject({ status: 404 });
});

it('drains: not ready and no new links, while those that are there still open', async () => {
  const { url, service, call, link } = await startBoth({}, { drainMs: 1000 });
  const opened = await link();

  const closed = service.close();

  expect(await browse(`${url}/readyz`)).toMatchObject({ status: 503, body: '{"status":"not ready"}' });
  expect(json((await browse(`${service.metricsUrl}/readyz`)).body)).toMatchObject({ draining: true });
  expect(await call('Clients/CreateClientSsoToken', { user_id: 18 })).toMatchObject({
    status: 503,
    body: { code: 'draining' },
  });
  expect((await browse(opened)).status).toBe(303);
  await closed;
  await expect(fetch(service.url)).rejects.toThrow();
});

it('lets what is under way come to its end when it closes', async () => {
  const plesk = await startEmulator({ seed: 'demo' });
  onTestFinished(() => plesk.close());
  const held = await startHeldPlesk(plesk);
  const { service, link } = await startService(
    directoryOf({ 'plesk-1': entryOf(plesk, { url: held.url, ca: undefined }) }),
  );
  const url = new URL(await link());
  held.hold();
  const opening = browse(`${service.url}${url.pathname}${url.search}`);
  await held.waiting(1);

  const closed = service.close();
  held.letGo();

  expect((await opening).status).toBe(303);
  await closed;
  await expect(fetch(service.url)).rejects.toThrow();
});
