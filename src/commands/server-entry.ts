import type { Values } from '../../base/settings.ts';
import type { StoredServer } from '../directory/schema.ts';
import { UsageError } from './invocation.ts';
import type { SERVER_OPTIONS } from './server-options.ts';
import { UNSET } from './server-options.ts';

/** What `servers set` was given, what is in files and on standard input among it. */
export interface ServerChange {
  readonly options: Values<typeof SERVER_OPTIONS>;
  /** The CA, in PEM. */
  readonly ca: string | undefined;
  /** The credential of `--seal`, as a reference. */
  readonly sealed: string | undefined;
}

/** An entry after a change; what is not named stays. A UsageError says what a new one misses. */
export function entryAfter(before: StoredServer | undefined, change: ServerChange): StoredServer {
  const { unset = [], ...options } = change.options;
  const taken = new Set(unset.map((name) => (UNSET as Readonly<Record<string, string>>)[name]));
  const kept = Object.fromEntries(
    Object.entries(before ?? {}).filter(([name]) => !taken.has(name)),
  ) as Partial<StoredServer>;
  const { ca, fingerprint, ...others } = kept;
  const { url = kept.url, release = kept.release } = options;
  const auth = authAfter(kept.auth, change);
  if (url === undefined || release === undefined || auth === undefined) {
    throw new UsageError([
      'an entry needs --url, --release, and --secret-key REF, --login LOGIN --password REF or --seal',
    ]);
  }
  const { trustedRedirectHosts, absoluteRedirects, failureRedirectUrl, phpSessionId } = options;
  return {
    ...others,
    url,
    release,
    auth,
    // Each takes the place of the other.
    ...given({
      ca: change.ca ?? (options.fingerprint === undefined ? ca : undefined),
      fingerprint: options.fingerprint ?? (change.ca === undefined ? fingerprint : undefined),
      trustedRedirectHosts: trustedRedirectHosts === undefined ? undefined : [...trustedRedirectHosts],
      absoluteRedirects,
      failureRedirectUrl,
      phpSessionId,
    }),
  };
}

type Auth = StoredServer['auth'];

function authAfter(before: Auth | undefined, { options, sealed }: ServerChange): Auth | undefined {
  const { secretKey, login = before?.login, password } = options;
  if (secretKey !== undefined) return { secretKey };
  const credential = password ?? sealed;
  if (login === undefined) {
    if (password !== undefined) throw new UsageError(['--password: its --login LOGIN is missing']);
    return sealed === undefined ? before : { secretKey: sealed };
  }
  if (options.login === undefined && credential === undefined) return before;
  // The password of another login is another one.
  const kept = options.login === undefined || options.login === before?.login ? before?.password : undefined;
  const now = credential ?? kept;
  if (now === undefined) throw new UsageError([`--login: its --password REF, or --seal, is missing`]);
  return { login, password: now };
}

/** The fields that are there. */
const given = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** Refuses credentials that are given twice; to be asked before standard input is read. */
export function checkCredentials({ secretKey, login, password, seal }: Values<typeof SERVER_OPTIONS>): void {
  const given = Object.entries({
    '--secret-key': secretKey,
    '--password': password,
    '--seal': seal || undefined,
  })
    .filter(([, value]) => value !== undefined)
    .map(([flag]) => flag);
  const mistakes = given.length > 1 ? [`${given.join(' and ')}: one credential is enough`] : [];
  if (secretKey !== undefined && login !== undefined)
    mistakes.push('--secret-key and --login: a server is asked by one of them');
  if (mistakes.length > 0) throw new UsageError(mistakes);
}
