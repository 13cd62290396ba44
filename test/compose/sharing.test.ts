import { expect, it, onTestFinished } from 'vitest';
import { API_KEY, compose, containerOf, docker, healthy, IMAGE, NETWORK, PROJECT } from './docker.ts';

/** A replica beside those of the stack, on the same Redis, with a directory file and settings of its own. */
async function replica(settings: Readonly<Record<string, string>> = {}): Promise<Replica> {
  const volume = await docker('volume', 'create');
  onTestFinished(async () => {
    await docker('volume', 'rm', '--force', volume);
  });
  const sample = ['--volume', `${PROJECT}_directory:/sample:ro`, '--volume', `${volume}:/data`];
  await docker(
    ...['run', '--rm', ...sample, IMAGE, 'install', '-m', '600'],
    ...['/sample/directory.json', '/data/directory.json'],
  );
  const id = await docker(
    ...['run', '--detach', '--network', NETWORK, '--volume', `${volume}:/data`],
    ...['--health-cmd', 'plesk-sso health', '--health-interval', '1s'],
    ...Object.entries({ ...SETTINGS, ...settings }).flatMap(([name, value]) => ['--env', `${name}=${value}`]),
    ...[IMAGE, 'plesk-sso', 'serve', '--host', '0.0.0.0'],
  );
  onTestFinished(async () => {
    await docker('rm', '--force', '--volumes', id);
  });
  await healthy(id);
  const json = async (script: string): Promise<unknown> =>
    JSON.parse(await docker('exec', id, 'node', '--input-type=module', '-e', script)) as unknown;
  return {
    id,
    ask: async () => (await json(ASK)) as Awaited<ReturnType<Replica['ask']>>,
    open: async (url) => (await json(openScript(url))) as Awaited<ReturnType<Replica['open']>>,
  };
}

interface Replica {
  readonly id: string;
  /** Asks for a link for user 18. */
  ask(): Promise<{ readonly status: number; readonly url: string }>;
  /** Opens a link as a browser beside it would. */
  open(url: string): Promise<{ readonly status: number; readonly location: string }>;
}

const SETTINGS = {
  PLESK_SSO_PUBLIC_URL: 'http://localhost:9080',
  PLESK_SSO_CLIENT_AREA_URL: 'http://localhost:9090',
  PLESK_SSO_DIRECTORY: '/data/directory.json',
  PLESK_SSO_STORE: 'redis://redis:6379/0',
  PLESK_SSO_PEPPER_KEYS: 'a-sample-pepper-for-this-stack-alone-000000',
  PLESK_PASSWORD: 'changeme1Q**',
  // What other tests ask of the same Redis in this minute counts too.
  PLESK_SSO_ISSUE_LIMIT: '10000',
};

const ASK = `
  const response = await fetch('http://127.0.0.1:9080/api/Clients/CreateClientSsoToken', {
    method: 'POST', headers: { Apikey: '${API_KEY}', 'Content-Type': 'application/json' },
    body: JSON.stringify({ user_id: 18, destination: 'ac-ps-products', destination_values: [] }) });
  const { data } = await response.json();
  console.log(JSON.stringify({ status: response.status, url: data?.url ?? '' }));`;

/** As a browser opens a link, which brings its cookie back. */
const openScript = (url: string): string => `
  import { get } from 'node:http';
  import { once } from 'node:events';
  const { pathname, search } = new URL('${url}');
  const ask = async (path, cookies) => {
    const headers = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36',
      Accept: 'text/html', 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document', ...cookies };
    const [response] = await once(get({ host: '127.0.0.1', port: 9080, path, headers, agent: false }), 'response');
    response.resume();
    const { 'set-cookie': [set] = [], location = '' } = response.headers;
    return { status: response.statusCode, location, cookie: set?.split(';')[0] };
  };
  const { cookie, ...first } = await ask(pathname + search, {});
  const { status, location } = cookie === undefined ? first : await ask(first.location, { Cookie: cookie });
  console.log(JSON.stringify({ status, location }));`;

const PANEL = 'http://plesk.localhost:8880/enterprise/rsession_init.php';

it('shares links: what one replica has made another opens, once for both', async () => {
  const [one, other] = await Promise.all([replica(), replica()]);
  const { url } = await one.ask();

  expect((await other.open(url)).location).toContain(PANEL);
  expect((await one.open(url)).status).toBe(410);
});

it('shares limits: what was asked of one replica counts at the other', async () => {
  const limited = { PLESK_SSO_ISSUE_LIMIT: '3', PLESK_SSO_STORE: 'redis://redis:6379/1' };
  const [one, other] = await Promise.all([replica(limited), replica(limited)]);

  const asked = [await one.ask(), await other.ask(), await one.ask(), await other.ask(), await one.ask()];

  expect(asked.map(({ status }) => status)).toEqual([200, 200, 200, 429, 429]);
});

it('shares no directory: a user who is closed in the file of one replica is open in that of the other', async () => {
  const [one, other] = await Promise.all([replica(), replica()]);

  await docker('exec', one.id, 'plesk-sso', 'users', 'set', '18', '--no-active');
  // The service reads its file again by itself; told, it does so at once.
  await docker('kill', '--signal', 'HUP', one.id);
  await expect.poll(async () => (await one.ask()).status, { timeout: 10_000 }).not.toBe(200);

  expect((await other.ask()).status).toBe(200);
});

it('shares no opinion of which Plesk is down: only who has seen it fail gives it a pause', async () => {
  const breaker = { PLESK_SSO_BREAKER_FAILURES: '1', PLESK_SSO_BREAKER_PAUSE_MS: '60000' };
  const [one, other] = await Promise.all([replica(breaker), replica(breaker)]);
  const { url: lost } = await one.ask();
  await compose('stop', 'plesk');
  onTestFinished(startPlesk);
  expect((await one.open(lost)).status).toBeGreaterThanOrEqual(500);
  await startPlesk();

  const [{ url: first }, { url: second }] = [await one.ask(), await other.ask()];

  expect((await one.open(first)).status).toBe(503);
  expect((await other.open(second)).location).toContain(PANEL);
});

async function startPlesk(): Promise<void> {
  await compose('start', 'plesk');
  await healthy(await containerOf('plesk'));
}
