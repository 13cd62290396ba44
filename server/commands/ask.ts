import { request as plainRequest } from 'node:http';
import type { IncomingMessage } from 'node:http';

/** How long one question waits, in milliseconds; whoever asks a container for its health waits little longer. */
export const PATIENCE = 2000;

/** An answer of a running emulator. */
interface Asked {
  readonly status: number;
  readonly body: string;
}

/**
 * Gets a path below `/_emulator` from a running emulator; throws an Error in plain words where nobody answers within
 * the milliseconds. Any certificate will do: what is asked for is public, and the answer may be the CA itself.
 */
async function ask(url: URL, path: string, timeout: number): Promise<Asked> {
  const target = new URL(path, url);
  const isSecure = target.protocol === 'https:';
  const request = isSecure ? (await import('node:https')).request : plainRequest;
  const answered = new Promise<Asked>((resolve, reject) => {
    const options = { agent: false, ...(isSecure ? { rejectUnauthorized: false } : {}) };
    const asked = request(target, options, (response) => {
      read(response).then(resolve, reject);
    });
    // Not the socket's own time-out, which begins anew with every byte.
    const late = setTimeout(() => {
      reject(new Error(`no answer within ${timeout} ms`));
      asked.destroy();
    }, timeout);
    asked.on('close', () => {
      clearTimeout(late);
    });
    asked.on('error', reject);
    asked.end();
  });
  return answered.catch((error: unknown) => {
    throw new Error(`${url.origin} does not answer: ${wordsFor(error)}`, { cause: error });
  });
}

async function read(response: IncomingMessage): Promise<Asked> {
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) {
    body += String(chunk);
    if (body.length > MOST) break;
  }
  return { status: response.statusCode ?? 0, body };
}

/** Whatever answers there, this is enough of it. */
const MOST = 1_048_576;

/** What `/_emulator/health` says; throws an Error in plain words where there is no emulator, or none that is ready. */
export async function askHealth(url: URL, timeout: number): Promise<Record<string, unknown>> {
  const { status, body } = await ask(url, '/_emulator/health', timeout);
  const health = parse(body);
  if (typeof health?.['ready'] !== 'boolean') throw notOurs(url, status);
  if (!health['ready']) throw new Error(`${url.origin} is not ready yet`);
  return health;
}

/** The CA that an emulator serves, in PEM; throws an Error in plain words where there is none. */
export async function askCa(url: URL, timeout: number): Promise<string> {
  const { status, body } = await ask(url, '/_emulator/ca.pem', timeout);
  if (status === 200 && body.includes('BEGIN CERTIFICATE')) return body;
  const why = parse(body)?.['error'];
  if (typeof why !== 'string') throw notOurs(url, status);
  throw new Error(`${url.origin} has no CA to trust: ${why}`);
}

const notOurs = (url: URL, status: number): Error =>
  new Error(`${url.origin} answers (HTTP ${status}), but is no plesk-emulator`);

function parse(body: string): Record<string, unknown> | undefined {
  try {
    const parsed = JSON.parse(body) as unknown;
    return typeof parsed === 'object' && parsed !== null ? (parsed as Record<string, unknown>) : undefined;
  } catch {
    return undefined;
  }
}

/** An AggregateError of several addresses has no message of its own. */
function wordsFor(error: unknown): string {
  if (error instanceof AggregateError) return error.errors.map(wordsFor).join('; ');
  return error instanceof Error ? error.message : String(error);
}
