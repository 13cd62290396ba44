import type { Emulator } from '../../server/emulator.ts';
import type { Page, Visit } from './browse.ts';
import { browse, sentBack } from './browse.ts';
import { DEMO } from './emulator.ts';

/** The fields of a form, by name. */
export type Fields = Readonly<Record<string, string>>;

/** What carl types. */
export const CARL = { login_name: 'carl', passwd: DEMO.carl.password } as const;

/** What carl types when he is wrong. */
export const WRONG = { login_name: 'carl', passwd: 'wrong-pass-word' } as const;

/** Fields as a query or an urlencoded form has them. */
export const encoded = (fields: Fields): string => new URLSearchParams(fields).toString();

/** The login page, with these fields in its query. */
export const formUrl = (panel: string, fields: Fields = {}): string =>
  `${panel}/login_up.php?${encoded(fields)}`;

/** Posts the login form. */
export const postForm = ({ url }: Pick<Emulator, 'url'>, fields: Fields, visit: Visit = {}): Promise<Page> =>
  browse(`${url}/login_up.php`, { form: encoded(fields), ...visit });

/** Logs somebody of `demo` in by the form, with fields besides, and answers the session's cookie. */
export async function logInAs(
  plesk: Pick<Emulator, 'url'>,
  { login, password }: { readonly login: string; readonly password: string },
  besides: Fields = {},
): Promise<string> {
  return sentBack(await postForm(plesk, { login_name: login, passwd: password, ...besides }));
}

/** The message above a form, as it is shown. */
export const alertIn = ({ body }: Page): string | undefined => /<p role="alert">([^<]*)</.exec(body)?.[1];

/** What a field of a page's form holds, as a browser reads it. */
export function valueIn({ body }: Page, name: string): string | undefined {
  const value = new RegExp(`name="${name}" (?:type="\\w+" autocomplete="\\w+" )?value="([^"]*)"`).exec(
    body,
  )?.[1];
  return value?.replace(/&(?:amp|lt|gt|quot|#39);/g, (found) => ENTITIES[found] ?? found);
}

const ENTITIES: Fields = { '&amp;': '&', '&lt;': '<', '&gt;': '>', '&quot;': '"', '&#39;': "'" };

/** A mark of a page, such as `page`, `user` or `role`. */
export const markIn = ({ body }: Page, name: string): string | undefined =>
  new RegExp(`data-plesk-${name}="([^"]*)"`).exec(body)?.[1];

/** The token of a page against forged forms, read as PleskBackupScheduler does. */
export const forgeryTokenIn = ({ body }: Page): string =>
  /forgery_protection_token[^>]*content="([^"]+)"/.exec(body)?.[1] ?? '';
