import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Request } from 'express';
import type { Context } from '../context.ts';
import { Problem } from '../problems.ts';
import { readBytes } from './json-body.ts';

/** What the button's form carries, and the cookie that belongs to it. */
export interface Confirmation {
  readonly nonce: string;
  /** A Set-Cookie header; the cookie is this browser's own, for all links that it looks at. */
  readonly cookie: string;
}

/** A confirmation of one link by one browser; a browser that has a cookie already keeps it. */
export function newConfirmation(
  request: Request,
  linkId: string,
  { ids, pepper, settings }: Context,
): Confirmation {
  const { name, flags } = cookieFor(settings.publicUrl);
  const value = cookieOf(request, name) ?? ids.hex32();
  return {
    nonce: pepper.digest(`confirm ${linkId} ${value}`),
    // Lax, so that a link in a mail finds the cookie that another tab has: forms of other sites do not bring it.
    cookie: `${name}=${value}; Path=/; HttpOnly; SameSite=Lax${flags}; Max-Age=600`,
  };
}

/** Refuses a form that was not shown to this browser for this link, as forms of other sites are not. */
export async function checkConfirmation(
  request: Request,
  linkId: string,
  { pepper, settings }: Context,
): Promise<void> {
  const { headers } = request;
  const value = cookieOf(request, cookieFor(settings.publicUrl).name);
  const nonce = nonceIn((await readBytes(request, MOST_BYTES)).toString('latin1'));
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(headers['content-type'] ?? '');
  const isKnown =
    value !== undefined &&
    nonce !== undefined &&
    pepper.digests(`confirm ${linkId} ${value}`).some((digest) => isEqual(digest, nonce));
  if (!isForm || !isOwn(headers, settings.publicUrl) || !isKnown) throw new Problem('csrf_failed');
}

const MOST_BYTES = 4096;

/** Whether the browser says nothing against it: pages that send no Referer post with `Origin: null`, ours do so too. */
function isOwn({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders, publicUrl: string): boolean {
  const isOwnSite = site === undefined || site === 'same-origin';
  return isOwnSite && (origin === undefined || origin === 'null' || origin === new URL(publicUrl).origin);
}

/** With https the name itself says that no other host and no plain http can have set it. */
const cookieFor = (publicUrl: string): { readonly name: string; readonly flags: string } =>
  publicUrl.startsWith('https:')
    ? { name: '__Host-plesk_sso', flags: '; Secure' }
    : { name: 'plesk_sso', flags: '' };

function cookieOf({ headers }: Request, name: string): string | undefined {
  const values = (headers.cookie ?? '')
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
  const [value] = values;
  return values.length === 1 && value !== undefined && /^[\da-f]{32}$/.test(value) ? value : undefined;
}

function nonceIn(form: string): string | undefined {
  const values = new URLSearchParams(form).getAll('nonce');
  return values.length === 1 ? values[0] : undefined;
}

function isEqual(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
