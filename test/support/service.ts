import { chmodSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Log } from '../../base/log.ts';
import { digestOf } from '../../base/secret.ts';
import { ACTIONS } from '../../src/directory/directory.ts';
import { answerOf, ProblemAnswer } from '../../src/http/openapi.ts';
import type { AuditEntry, ServiceOptions, TokenService } from '../../src/service.ts';
import { startTokenService } from '../../src/service.ts';
import type { Emulator, EmulatorOptions } from '../../server/emulator.ts';
import { startEmulator } from '../../server/emulator.ts';
import { serve } from './browse.ts';
import { folder } from './tools.ts';

/** A key of the API that every test's directory has: all actions, customers only. */
export const API_KEY = 'psso_key_for-tests-only-and-long-enough-to-be-none';

/** What stands in a test's directory file; its types are the file's own and checked by the service. */
export interface DirectoryFile {
  readonly version: 1;
  readonly servers: Readonly<Record<string, object>>;
  readonly users: Readonly<Record<string, object>>;
  readonly api_keys: readonly object[];
}

/** The client area that destinations belong to, where a test opens none. */
export const CLIENT_AREA = 'https://billing.example.com';

/** Servers of one entry each, by their ids. */
export type Entries = Readonly<Record<string, object>>;

/** The user 18, whose one account is carl on `plesk-1`, and whatever else a test needs. */
export function directoryOf(servers: Entries, more: Partial<DirectoryFile> = {}): DirectoryFile {
  return {
    version: 1,
    servers,
    users: {
      '18': {
        active: true,
        accounts: [{ service_id: 101, server: 'plesk-1', login: 'carl', role: 'customer', primary: true }],
      },
      ...more.users,
    },
    api_keys: [{ id: 'billing', name: 'billing', sha256: digestOf(API_KEY) }, ...(more.api_keys ?? [])],
  };
}

/** Writes a directory file that only its owner may read, and answers its name. */
export function writeDirectory(content: DirectoryFile, file = join(folder('directory'), 'sso.json')): string {
  writeFileSync(file, JSON.stringify(content, undefined, 2), { mode: 0o600 });
  chmodSync(file, 0o600);
  return file;
}

/** The entry of a server for an emulator: by its HTTPS address and CA, and the administrator's password. */
export function entryOf(plesk: Emulator, more: Readonly<Record<string, unknown>> = {}): object {
  return {
    url: more['url'] ?? plesk.httpsUrl,
    release: plesk.release.plesk,
    auth: { login: plesk.admin.login, password: 'env:PLESK_PASSWORD' },
    ca: plesk.ca,
    ...more,
  };
}

/** An answer of the API. */
export interface ApiAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>> & { readonly data?: Readonly<Record<string, unknown>> };
}

/** A service of one test, and what it said. */
export interface StartedService {
  readonly service: TokenService;
  /** Where browsers reach it: its public URL. */
  readonly url: string;
  readonly directory: string;
  readonly audit: readonly AuditEntry[];
  /** Every line of its log, fields and message as JSON. */
  readonly lines: readonly string[];
  /** Calls an action of the API with the test's key. */
  readonly call: (
    action: string,
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<ApiAnswer>;
  /** Has a link made for user 18, and answers its URL; fails where there is none. */
  readonly link: (body?: object) => Promise<string>;
}

/** Starts a service until the test ends, with a directory of these servers. */
export async function startService(
  directory: DirectoryFile | string,
  options: Partial<ServiceOptions> = {},
): Promise<StartedService> {
  const door: { app?: RequestListener } = {};
  const url = await serve((request, response) => door.app?.(request, response));
  const audit: AuditEntry[] = [];
  const { log, lines } = keptLog();
  const file = typeof directory === 'string' ? directory : writeDirectory(directory);
  const service = await startTokenService({
    publicUrl: url,
    clientAreaUrl: CLIENT_AREA,
    // Tests that say nothing of the mode open links without a browser's headers.
    mode: 'direct',
    directory: file,
    port: 0,
    metricsPort: 0,
    drainMs: 0,
    env: { PLESK_PASSWORD: 'changeme1Q**' },
    log,
    audit: { record: (entry) => audit.push(entry) },
    ...options,
  });
  door.app = service.app;
  onTestFinished(() => service.close());
  const call: StartedService['call'] = (action, body, headers) => callApi(url, action, body, headers);
  return {
    ...{ service, url, directory: file, audit, lines, call },
    link: async (body = {}) => {
      const answer = await call('Clients/CreateClientSsoToken', { user_id: 18, ...body });
      const link = answer.body.data?.['url'];
      if (typeof link !== 'string') throw new Error(`no link: ${JSON.stringify(answer.body)}`);
      return link;
    },
  };
}

/** Starts an emulator with the seed `demo`, on HTTPS, and a service with it as `plesk-1`. */
export async function startBoth(
  pleskOptions: EmulatorOptions = {},
  serviceOptions: Partial<ServiceOptions> = {},
  entry: Readonly<Record<string, unknown>> = {},
  more: Partial<DirectoryFile> = {},
): Promise<StartedService & { readonly plesk: Emulator }> {
  const plesk = await startEmulator({ seed: 'demo', https: true, ...pleskOptions });
  onTestFinished(() => plesk.close());
  const started = await startService(directoryOf({ 'plesk-1': entryOf(plesk, entry) }, more), serviceOptions);
  return { ...started, plesk };
}

/** Calls an action of the API of any service, with the tests' key unless another is given. */
export async function callApi(
  url: string,
  action: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<ApiAnswer> {
  const response = await fetch(`${url}/api/${action}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', Apikey: API_KEY, ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  const answer = (await response.json()) as ApiAnswer['body'];
  // Every answer of every test is held against the description of the API.
  const known = ACTIONS.find((one) => one === action.replace('Sss', 'Ss')) ?? ACTIONS[0];
  (response.ok ? answerOf(known) : ProblemAnswer).parse(answer);
  return { status: response.status, headers: response.headers, body: answer };
}

function keptLog(): { readonly log: Log; readonly lines: readonly string[] } {
  const lines: string[] = [];
  const keep = (fields: object, message: string): void => {
    lines.push(JSON.stringify({ ...fields, msg: message }));
  };
  return { log: { isOn: true, info: keep, warn: keep, error: keep }, lines };
}
