import { request as plainRequest } from 'node:http';
import { request as secureRequest } from 'node:https';
import { parseUrl } from '../../base/addresses.ts';
import type { Release } from '../protocol/versions/release.ts';
import { ControlError } from './control-error.ts';
import type { EmulatorControl, EmulatorShown } from './interface.ts';
import { controlMethods } from './methods.ts';
import type { CallName } from './routes.ts';
import { routeOf } from './routes.ts';

/** An emulator in another process or container, and what a test does to it. */
export interface RemoteEmulator extends EmulatorControl, AsyncDisposable {
  /** Scheme, host and port, as they were given. */
  readonly url: string;
  /** As `startEmulator` has them, after the latest call of this connection. */
  readonly admin: { readonly login: string; readonly password: string };
  readonly release: Pick<Release, 'plesk' | 'title' | 'protocol'>;
  /** Lets go of it; it runs on. */
  close(): Promise<void>;
}

/** How an emulator is reached. */
export interface ConnectOptions {
  /** The emulator's `controlToken`. */
  readonly token?: string | undefined;
  /** The CA to trust for an https URL, in PEM. */
  readonly ca?: string | undefined;
}

/** Connects to a running emulator; an Error says in plain words where there is none. */
export async function connectEmulator(url: string, options: ConnectOptions = {}): Promise<RemoteEmulator> {
  const base = parseUrl(url);
  if (base === undefined || !/^https?:$/.test(base.protocol))
    throw new Error(`'${url}' is no http(s) URL, such as http://127.0.0.1:8880`);
  if (base.pathname !== '/') throw new Error(`'${url}' has a path: an emulator is at the root of its host`);
  const ask = (name: CallName, input: object): Promise<unknown> => askOver(base, options, name, input);
  const asked = async (): Promise<EmulatorShown> => (await ask('emulator.get', {})) as EmulatorShown;
  let shown = await asked();
  const methods = controlMethods(async (name, input = {}) => {
    const answer = await ask(name, input);
    if (CHANGES_FACTS.has(name)) shown = await asked();
    return answer;
  });
  return {
    ...methods,
    url: base.origin,
    get admin() {
      return shown.admin;
    },
    get release() {
      return { plesk: shown.release, title: shown.title, protocol: shown.packetVersion };
    },
    close: () => Promise.resolve(),
    [Symbol.asyncDispose]: () => Promise.resolve(),
  };
}

/** What may change the administrator's credentials or the release. */
const CHANGES_FACTS: ReadonlySet<CallName> = new Set([
  'accounts.change',
  'settings.set',
  'seed',
  'restore',
  'rollback',
  'reset',
]);

async function askOver(base: URL, options: ConnectOptions, name: CallName, input: object): Promise<unknown> {
  const { method, path } = routeOf(name);
  const left: Record<string, unknown> = { ...input };
  const filled = path.replace(/\{(\w+)\}/g, (_braces, field: string) => {
    const value = left[field];
    if (typeof value !== 'string') throw new ControlError(400, [`${field}: it is missing, or no text`]);
    Reflect.deleteProperty(left, field);
    return encodeURIComponent(value);
  });
  const target = new URL(`/_emulator${filled}`, base);
  if (method === 'GET')
    for (const [field, value] of Object.entries(left))
      if (value !== undefined)
        target.searchParams.set(field, typeof value === 'string' ? value : JSON.stringify(value));
  const { status, body } = await send(
    target,
    method,
    method === 'GET' ? undefined : JSON.stringify(left),
    options,
  );
  if (status === 204) return undefined;
  const answer = jsonIn(body);
  if (status === 200 && answer !== NO_JSON) return answer;
  throw errorOf(base, status, answer);
}

interface Answered {
  readonly status: number;
  readonly body: string;
}

function send(
  target: URL,
  method: string,
  body: string | undefined,
  options: ConnectOptions,
): Promise<Answered> {
  const { token, ca } = options;
  const isSecure = target.protocol === 'https:';
  return new Promise((resolve, reject) => {
    const request = (isSecure ? secureRequest : plainRequest)(
      target,
      {
        method,
        headers: {
          ...(token === undefined ? {} : { Authorization: `Bearer ${token}` }),
          ...(body === undefined
            ? {}
            : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
        },
        ...(isSecure && ca !== undefined ? { ca } : {}),
      },
      (response) => {
        let text = '';
        response.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
        response.on('end', () => {
          resolve({ status: response.statusCode ?? 0, body: text });
        });
        response.on('error', reject);
      },
    );
    request.on('error', (error: NodeJS.ErrnoException) => {
      const why = error.message === '' ? (error.code ?? 'no answer') : error.message;
      reject(new Error(`${target.origin} does not answer: ${why}`, { cause: error }));
    });
    request.end(body);
  });
}

const NO_JSON = Symbol('no JSON');

function jsonIn(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return NO_JSON;
  }
}

function errorOf(base: URL, status: number, answer: unknown): Error {
  const { mistakes } =
    typeof answer === 'object' && answer !== null ? (answer as { mistakes?: unknown }) : {};
  if (Array.isArray(mistakes)) return new ControlError(status, mistakes.map(String));
  return new Error(`${base.origin} answers (HTTP ${status}), but is no plesk-emulator with a control`);
}
