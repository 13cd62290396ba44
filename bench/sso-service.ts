// The token service as src/service.ts puts it together, from dist/, but for Plesk, which answers at once.
import type * as ids from '../base/ids.ts';
import type * as pinoLog from '../base/pino-log.ts';
import { digestOf } from '../base/secret.ts';
import { Secret } from '../base/secret.ts';
import type * as app from '../src/app.ts';
import type * as config from '../src/config.ts';
import type { Context } from '../src/context.ts';
import type * as destinations from '../src/destinations/read-file.ts';
import type { ApiKey, PleskServer, User } from '../src/directory/directory.ts';
import { directoryOf } from '../src/directory/records.ts';
import type * as server from '../src/http/server.ts';
import type * as openStore from '../src/links/open-store.ts';
import type * as auditLines from '../src/observability/audit-lines.ts';
import type * as metrics from '../src/observability/metrics.ts';
import type * as pepperKeys from '../src/pepper-keys.ts';
import type * as measured from '../src/plesk/measured.ts';
import type { Plesk } from '../src/plesk/plesk.ts';
import { API_KEY, PLESK, PUBLIC_URL, USERS } from './sso-cases.ts';

/** More than the time for which a link is known. */
const A_DAY = 25 * 3_600_000;

/** Starts a service with a store; each `reset` is a day later, so that links of before are dropped as new ones come. */
export async function startService(
  root: string,
  store: string,
): Promise<{ readonly port: number; readonly reset: () => Promise<void> }> {
  const built = async <T>(path: string): Promise<T> => (await import(new URL(path, root).href)) as T;
  const { randomIds } = await built<typeof ids>('base/ids.js');
  const { standardLog } = await built<typeof pinoLog>('base/pino-log.js');
  const { auditInto } = await built<typeof auditLines>('src/observability/audit-lines.js');
  const { createMetrics } = await built<typeof metrics>('src/observability/metrics.js');
  const { checkSettings } = await built<typeof config>('src/config.js');
  const { readDestinations } = await built<typeof destinations>('src/destinations/read-file.js');
  const { readPepper } = await built<typeof pepperKeys>('src/pepper-keys.js');
  const stores = await built<typeof openStore>('src/links/open-store.js');
  const { measured: timed } = await built<typeof measured>('src/plesk/measured.js');
  const { createApps } = await built<typeof app>('src/app.js');
  const { listen } = await built<typeof server>('src/http/server.js');

  let days = 0;
  const clock = { now: () => Date.now() + days * A_DAY };
  const settings = checkSettings({
    ...{ publicUrl: PUBLIC_URL, clientAreaUrl: 'https://billing.example.com', directory: 'none', store },
    ...{ pepperKeys: ['a pepper of the bench, which is long enough'] },
    ...{ issueLimit: 1_000_000, openLimit: 1_000_000 },
  });
  const { log } = standardLog('json', false);
  const counts = createMetrics();
  const pepper = await readPepper(settings.pepperKeys, {}, randomIds);
  const context: Context = {
    ...{ settings, clock, log, ids: randomIds, audit: auditInto(log), metrics: counts },
    store: await stores.openStore(settings, { clock, log, metrics: counts, pepper }),
    pepper,
    directory: { current: () => DIRECTORY, state: () => 'loaded' },
    wrongKeys: { isTooMany: () => false },
    proxyWarnings: { warn: () => undefined },
    catalogue: await readDestinations(undefined),
    plesk: timed(AT_ONCE, counts, clock),
  };
  const { service } = createApps(context, () => false);
  const { port } = await listen(service, '127.0.0.1', { name: 'port', value: 0 }, settings);
  return {
    port,
    reset: () => {
      days += 1;
      return Promise.resolve();
    },
  };
}

const AT_ONCE: Plesk = {
  createSession: () => Promise.resolve('0123456789abcdef0123456789abcdef'),
  terminateSession: () => Promise.resolve('ended'),
  identify: () => Promise.resolve({ version: '18.0.61', hostName: 'plesk-1' }),
  circuit: () => 'closed',
  close: () => Promise.resolve(),
};

const SERVER: PleskServer = {
  id: 'plesk-1',
  origin: PLESK,
  release: '18.0',
  credentials: { kind: 'key', key: new Secret('none') },
  ca: undefined,
  fingerprint: undefined,
  trustedRedirectHosts: ['billing.example.com', 'sso.example.com'],
  absoluteRedirects: 'any',
  failureRedirectUrl: undefined,
  sendsPhpSessionId: false,
};

const KEY: ApiKey = {
  id: 'billing',
  name: 'billing',
  sha256: digestOf(API_KEY),
  addresses: undefined,
  actions: ['Clients/CreateClientSsoToken'],
  scopes: [],
  expiresAt: undefined,
  mode: undefined,
};

const USER_LIST = Array.from({ length: USERS }, (_, index): User => {
  const id = index + 1;
  const account = {
    serviceId: id,
    server: SERVER.id,
    login: `customer${id}`,
    role: 'customer',
    isPrimary: true,
  } as const;
  return { id, isActive: true, isSsoDisabled: false, accounts: [account] };
});

const DIRECTORY = directoryOf({ servers: [SERVER], unusable: new Map(), users: USER_LIST, keys: [KEY] });
