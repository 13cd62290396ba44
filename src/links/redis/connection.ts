import type { Redis, RedisOptions } from 'ioredis';
import { StoreUnavailable } from '../store.ts';
import type { Run } from './scripted-store.ts';
import type { Ask } from './server-facts.ts';
import type { RedisAddress } from './url.ts';

/** How a connection is made; times in milliseconds. */
interface Options {
  /** The only CA that is trusted, in PEM. */
  readonly ca?: string | undefined;
  /** Whether Redis may be asked with INFO whether it is still loading. */
  readonly mayAskInfo: boolean;
  /** After each connection that was made. */
  readonly onReady?: ((ask: Ask) => void) | undefined;
  readonly connectTimeoutMs: number;
  readonly commandTimeoutMs: number;
}

/** A connection that comes back by itself. */
interface Connection {
  readonly run: Run;
  readonly close: () => Promise<void>;
}

/** Connects, and resolves when that was tried once; whether it succeeded, each step will say. */
export async function connect(address: RedisAddress, options: Options): Promise<Connection> {
  const Redis = await library();
  const client = new Redis(optionsOf(address, options));
  const plain = (error: unknown): Error => plainError(error, options.ca);
  /** The last trouble of the connection, as long as there is none that is good. */
  let trouble: Error | undefined;
  /** Where ours cannot be had, ioredis goes on in database 0. */
  let isWrongDatabase = false;
  let isGivenUp = false;
  // Without a listener ioredis writes to the console; here each step that fails tells of it.
  client.on('error', (error) => {
    trouble = error;
    if ((error as Failure).command?.name === 'select') isWrongDatabase = true;
  });
  client.on('ready', () => {
    if (!isWrongDatabase) trouble = undefined;
    options.onReady?.(ask);
  });
  client.on('close', () => {
    isWrongDatabase = false;
    isGivenUp = false;
  });
  const connectAnew = (): void => {
    if (!isGivenUp) client.disconnect(true);
    isGivenUp = true;
  };
  const ask: Ask = (command, ...args) => client.call(command, ...args);
  await client.connect().catch(() => undefined);

  const run: Run = async (script, root, ...args) => {
    if (isWrongDatabase) {
      connectAnew();
      throw new StoreUnavailable(plain(trouble));
    }
    try {
      return await evaluate(client, root, script, args);
    } catch (error) {
      if (leadsNowhere(error)) connectAnew();
      // Why there is no connection says more than that there is none.
      throw new StoreUnavailable(plain(client.status === 'ready' ? error : (trouble ?? error)));
    }
  };
  return { run, close: () => close(client) };
}

async function library(): Promise<typeof Redis> {
  try {
    return (await import('ioredis')).Redis;
  } catch (error) {
    const { code } = error as Failure;
    if (code !== 'ERR_MODULE_NOT_FOUND' && code !== 'MODULE_NOT_FOUND') throw error;
    throw new Error('links in Redis need a library that is not installed: npm install ioredis', {
      cause: error,
    });
  }
}

function optionsOf(
  { host, port, isTls, username, password, db }: RedisAddress,
  { ca, connectTimeoutMs, commandTimeoutMs, mayAskInfo }: Options,
): RedisOptions & { readonly replyMapping: 'legacy' } {
  return {
    host,
    port,
    db,
    ...(isTls ? { tls: ca === undefined ? {} : { ca } } : {}),
    ...(username === undefined ? {} : { username }),
    ...(password === undefined ? {} : { password: password.reveal() }),
    protocol: 2,
    replyMapping: 'legacy',
    disableClientInfo: true,
    lazyConnect: true,
    enableReadyCheck: mayAskInfo,
    connectTimeout: connectTimeoutMs,
    commandTimeout: commandTimeoutMs,
    // A server that says nothing any more: the connection and all that waits on it are given up.
    socketTimeout: 2 * commandTimeoutMs,
    disconnectTimeout: 100,
    retryStrategy: (attempt) => Math.min(50 * 2 ** Math.min(attempt - 1, 10), 1000),
    maxLoadingRetryTime: 500,
    // No step is kept for later or sent twice: whoever asked for it has been told that it failed.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    maxRetriesPerRequest: 0,
  };
}

/** By its name first: the text is sent where Redis does not know it, since it was restarted for example. */
async function evaluate(
  client: Redis,
  root: string,
  { text, sha1 }: Parameters<Run>[0],
  args: readonly (string | number)[],
): Promise<unknown> {
  try {
    return await client.evalsha(sha1, 1, root, ...args);
  } catch (error) {
    if (!(error instanceof Error) || !error.message.startsWith('NOSCRIPT')) throw error;
    return await client.eval(text, 1, root, ...args);
  }
}

async function close(client: Redis): Promise<void> {
  await client.quit().catch(() => undefined);
  client.disconnect();
}

/** After a failover the name leads to another server; after a change of passwords ours is to be said anew. */
const leadsNowhere = (error: unknown): boolean =>
  error instanceof Error && /^(?:READONLY|NOAUTH)\b/.test(error.message);

/** What Node's errors and those of ioredis carry besides. */
interface Failure extends Error {
  readonly code?: string;
  readonly command?: { readonly name: string };
}

/** The error without what was sent, which ioredis attaches to it: a password, sealed values. */
function plainError(error: unknown, ca: string | undefined): Error {
  const { message, code } = error as Failure;
  // Where several addresses were tried in vain, Node leaves the text empty.
  const text = message === '' ? code : message;
  if (!UNTRUSTED.test(code ?? '')) return new Error(text);
  const advice = ca === undefined ? 'name its CA by storeCa' : 'storeCa is not the CA that has signed it';
  return new Error(`the certificate of Redis is not trusted (${text}); ${advice}`);
}

/** What Node says of a certificate whose chain does not end at a CA that is trusted. */
const UNTRUSTED =
  /^(?:UNABLE_TO_(?:GET_ISSUER_CERT|VERIFY_LEAF)|DEPTH_ZERO_SELF_SIGNED|SELF_SIGNED_CERT|CERT_SIGNATURE_FAILURE)/;
