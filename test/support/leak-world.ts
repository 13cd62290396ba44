import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { digestOf } from '../../base/secret.ts';
import type { Emulator } from '../../server/emulator.ts';
import { startEmulator } from '../../server/emulator.ts';
import { newKey } from './agent.ts';
import type { Page, Visit } from './browse.ts';
import { browse } from './browse.ts';
import { Secrets } from './leaks.ts';
import type { MisbehavingServer } from './misbehaving.ts';
import { startMisbehaving } from './misbehaving.ts';
import { linkAt } from './openings.ts';
import type { Program } from './program.ts';
import { startProgram } from './program.ts';
import type { DirectoryFile } from './service.ts';
import { CLIENT_AREA, entryOf, writeDirectory } from './service.ts';
import { MAIN_OF_SERVICE } from './service-process.ts';
import { folder, run } from './tools.ts';

/** What somebody heard, or what was kept somewhere. */
interface Heard {
  readonly where: string;
  readonly text: string;
}

/** A service in a process of its own, its Plesks, and all that is secret in them. */
export interface LeakWorld {
  readonly secrets: Secrets;
  readonly heard: Heard[];
  /** Every code that was answered. */
  readonly codes: Set<string>;
  readonly plesk: Emulator;
  /** The sixth Plesk, which has faults. */
  readonly faulty: Emulator;
  /** In the place of the first Plesk, and of one with TLS. */
  readonly server: MisbehavingServer;
  readonly tlsServer: MisbehavingServer;
  readonly program: Program;
  readonly directory: string;
  readonly url: string;
  readonly metricsUrl: string;
  readonly keys: Readonly<Record<'main' | 'bound' | 'narrow' | 'expired' | 'unknown', string>>;
  /** The administrator's password and the secret key, which Plesk knows too. */
  readonly known: { readonly password: string; readonly key: string };
  /** Calls the API; what is answered was heard, but for the token of a link that was made. */
  readonly api: (action: string, body: unknown, visit?: Visit) => Promise<Page>;
  /** Opens a link or a path; what is answered was heard, but for the session of an opened link and `shown`. */
  readonly visit: (linkOrPath: string, visit?: Visit, shown?: readonly string[]) => Promise<Page>;
  /** Runs the program to its end; what it printed was heard, but for a key that was made. */
  readonly command: (args: readonly string[], input?: string) => Promise<string>;
  readonly auditFile: () => string;
}

/** How the service is started. */
export interface LeakOptions {
  readonly log: 'json' | 'pretty';
  readonly store: string;
}

const secretText = (what: string): string => `${what}-${randomUUID()}`;

/** Starts one until the test ends; `store` may hold a password. */
export async function startLeakWorld({ log, store }: LeakOptions): Promise<LeakWorld> {
  const secrets = new Secrets();
  const heard: Heard[] = [];
  const codes = new Set<string>();
  const kept = (what: string, secret: string): string => {
    secrets.add(what, secret);
    return secret;
  };
  const plesk = await startEmulator({ seed: 'demo', https: true });
  onTestFinished(() => plesk.close());
  const faulty = await startEmulator({ seed: 'demo', https: true });
  onTestFinished(() => faulty.close());
  const server = await startMisbehaving({ plesk: plesk.url });
  const tlsServer = await startMisbehaving({ scheme: 'https', plesk: plesk.url });
  const dir = folder('leaks');
  const known = {
    password: kept('the password of Plesk', plesk.admin.password),
    key: kept('the secret key of Plesk', await newKey(plesk)),
  };
  const peppers = ['pepper', 'older pepper'].map((what) => kept(`the ${what}`, secretText(what)));
  const keys = {
    main: kept('an API key', secretText('psso_key_main')),
    bound: kept('an API key for an address', secretText('psso_key_bound')),
    narrow: kept('an API key for one action', secretText('psso_key_narrow')),
    expired: kept('an expired API key', secretText('psso_key_expired')),
    unknown: kept('an unknown API key', secretText('psso_key_unknown')),
  };
  writeFileSync(join(dir, 'key'), `${known.key}\n`, { mode: 0o600 });
  writeFileSync(join(dir, 'pepper'), `${peppers[1] ?? ''}\n`, { mode: 0o600 });
  const env = {
    PLESK_PASSWORD: known.password,
    WRONG_PASSWORD: kept('a wrong password of Plesk', secretText('wrong')),
    PEPPER: peppers[0] ?? '',
    PLESK_SSO_PEPPER_KEYS: `env:PEPPER,file:${join(dir, 'pepper')}`,
    PLESK_SSO_DIRECTORY: writeDirectory(directoryFor(plesk, { faulty, server, tlsServer, keys, dir })),
  };
  const command: LeakWorld['command'] = async (args, input = '') => {
    const [program = '', ...first] = MAIN_OF_SERVICE;
    const options = { input, env: { ...process.env, ...env }, timeout: 60_000 };
    const { stdout, stderr } = await run(program, [...first, ...args], options);
    // A key that is made is printed this once.
    const [made = ''] = args[1] === 'add' ? (/psso_key_[\w-]+/.exec(stdout) ?? []) : [];
    if (made !== '') secrets.add('an API key that was made', made);
    heard.push({ where: `plesk-sso ${args.join(' ')}`, text: stdout.replace(made, '') + stderr });
    return stdout;
  };
  await command(['servers', 'set', 'plesk-3', '--login', 'admin', '--seal'], `${known.password}\n`);
  const program = startProgram(
    ['serve', '--log', log, '--audit-file', join(dir, 'audit')],
    {
      ...env,
      ...SETTINGS,
      PLESK_SSO_STORE: store,
    },
    MAIN_OF_SERVICE,
  );
  const printed = await program.printed(READY);
  const [, url = '', metricsUrl = ''] = READY.exec(printed) ?? [];

  const hear = (what: string, page: Page, hidden: readonly string[]): void => {
    const { status, headers, body } = page;
    const all = hidden.reduce((text, one) => text.replaceAll(one, ''), JSON.stringify(headers) + body);
    heard.push({ where: `the answer ${status} to ${what}`, text: all });
    for (const [, code = ''] of body.matchAll(/"code":"(\w+)"/g)) codes.add(code);
  };
  const visit: LeakWorld['visit'] = async (linkOrPath, given = {}, shown = []) => {
    const page = await browse(linkOrPath.startsWith('/') ? url + linkOrPath : linkAt(url, linkOrPath), given);
    const session = /[?&]PLESKSESSID=([\da-f]{32})/.exec(page.location ?? '')?.[1];
    if (session !== undefined) secrets.add('a session', session);
    hear(given.method ?? 'a visit', page, session === undefined ? shown : [...shown, session]);
    return page;
  };
  const api: LeakWorld['api'] = async (action, body, given = {}) => {
    const page = await browse(`${url}/api/${action}`, {
      form: typeof body === 'string' ? body : JSON.stringify(body),
      ...given,
      headers: { 'Content-Type': 'application/json', Apikey: keys.main, ...given.headers },
    });
    const token = page.status === 200 ? /"token":"([^"]+)"/.exec(page.body)?.[1] : undefined;
    if (token !== undefined) secrets.add('a token', token);
    hear(action, page, token === undefined ? [] : [token]);
    return page;
  };
  return {
    ...{ secrets, heard, codes, plesk, faulty, server, tlsServer, program, keys, known, url, metricsUrl },
    ...{ api, visit, command },
    directory: env.PLESK_SSO_DIRECTORY,
    auditFile: () => readFileSync(join(dir, 'audit'), 'utf8'),
  };
}

const READY = /^Ready (http:\S+), metrics (http:\S+)\/metrics$/m;

const SETTINGS = {
  PLESK_SSO_PUBLIC_URL: 'https://sso.example.com',
  PLESK_SSO_CLIENT_AREA_URL: CLIENT_AREA,
  PLESK_SSO_PORT: '0',
  PLESK_SSO_METRICS_PORT: '0',
  PLESK_SSO_DRAIN_MS: '0',
  PLESK_SSO_TTL: '10',
  PLESK_SSO_MODE: 'direct',
  PLESK_SSO_ISSUE_LIMIT: '500',
  PLESK_SSO_OPEN_LIMIT: '1000',
  PLESK_SSO_FAILED_LIMIT: '40',
  PLESK_SSO_PLESK_CONNECT_MS: '1500',
  PLESK_SSO_PLESK_TOTAL_MS: '2000',
  PLESK_SSO_BREAKER_FAILURES: '1000',
};

interface Parts {
  readonly faulty: Emulator;
  readonly server: MisbehavingServer;
  readonly tlsServer: MisbehavingServer;
  readonly keys: LeakWorld['keys'];
  readonly dir: string;
}

/** Servers and users by all that can be wrong with them; the password of `plesk-3` is sealed by a command. */
function directoryFor(plesk: Emulator, { faulty, server, tlsServer, keys, dir }: Parts): DirectoryFile {
  const account = (service_id: number, on: string, login = 'carl', role = 'customer'): object => ({
    ...{ service_id, server: on, login, role },
  });
  const auth = { login: 'admin', password: 'env:PLESK_PASSWORD' };
  const wrong = { login: 'admin', password: 'env:WRONG_PASSWORD' };
  const [plain, release] = [plesk.url, '18.0'];
  const all = [1, 2, 3, 4, 5, 6].map((number) => account(100 + number, `plesk-${number}`));
  const key = (id: keyof LeakWorld['keys'], more: object = {}): object => ({
    ...{ id, name: id, sha256: digestOf(keys[id]) },
    ...more,
  });
  return {
    version: 1,
    servers: {
      'plesk-1': { url: server.origin, release, auth },
      'plesk-2': entryOf(plesk, { auth: { secretKey: `file:${join(dir, 'key')}` } }),
      'plesk-3': { url: plain, release, auth },
      'plesk-4': { url: plain, release, auth: wrong, trustedRedirectHosts: [] },
      'plesk-5': { url: tlsServer.origin, ca: tlsServer.ca, release, auth },
      'plesk-6': entryOf(faulty),
    },
    users: {
      '18': { active: true, accounts: [{ ...all[0], primary: true }, ...all.slice(1)] },
      '19': { active: false, accounts: [account(201, 'plesk-1')] },
      '20': { active: true, sso_disabled: true, accounts: [account(202, 'plesk-1')] },
      '21': { active: true, accounts: [account(203, 'plesk-2', 'rita', 'reseller')] },
      '22': { active: true, accounts: [account(204, 'plesk-1'), account(205, 'plesk-2')] },
      '23': { active: true, accounts: [] },
      '24': { active: true, accounts: [account(206, 'plesk-2', 'nobody')] },
    },
    api_keys: [
      key('main'),
      key('bound', { addresses: ['192.0.2.1'] }),
      key('narrow', { actions: ['Clients/GetClientSsoToken'] }),
      key('expired', { expires_at: '2020-01-01T00:00:00Z' }),
    ],
  };
}
