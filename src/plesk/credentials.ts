import type { Secret } from '../../base/secret.ts';
import type { Credentials } from '../directory/directory.ts';

/** The headers that say who asks; `undefined` where a header cannot hold them. */
export function credentialHeaders(credentials: Credentials): Readonly<Record<string, string>> | undefined {
  const headers =
    credentials.kind === 'key'
      ? { KEY: credentials.key.reveal() }
      : { HTTP_AUTH_LOGIN: credentials.login, HTTP_AUTH_PASSWD: credentials.password.reveal() };
  if (Object.values(headers).some((value) => UNSENDABLE.test(value))) return undefined;
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, utf8Bytes(value)]));
}

/** Control characters end a header or break it. */
// eslint-disable-next-line no-control-regex
const UNSENDABLE = /[\x00-\x1f\x7f]/;

/** undici writes a character of a header as one byte; clients in PHP and curl send the bytes of UTF-8. */
const utf8Bytes = (text: string): string => Buffer.from(text).toString('latin1');

/** What must not appear in any log. */
export const secretOf = (credentials: Credentials): Secret =>
  credentials.kind === 'key' ? credentials.key : credentials.password;
