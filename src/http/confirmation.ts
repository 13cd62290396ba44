import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Context } from '../context.ts';
import { Problem } from '../problems.ts';

/** The field of the button's form that shows that this browser was shown the button of this link. */
export const confirmationOf = (linkId: string, nonce: string, { pepper }: Context): string =>
  pepper.digest(`confirm ${linkId} ${nonce}`);

/** What a press of the button came with. */
interface Press {
  readonly headers: IncomingHttpHeaders;
  /** The form's field; `undefined` where it is missing or there twice. */
  readonly confirmation: string | undefined;
  /** The nonce of the browser's cookie for this link. */
  readonly nonce: string | undefined;
}

/** Refuses a form that was not shown to this browser for this link, such as a form of another site. */
export function checkConfirmation(
  { headers, confirmation, nonce }: Press,
  linkId: string,
  { pepper, settings }: Context,
): void {
  const isKnown =
    nonce !== undefined &&
    confirmation !== undefined &&
    pepper.digests(`confirm ${linkId} ${nonce}`).some((digest) => isEqual(digest, confirmation));
  if (!isOwn(headers, settings.publicUrl) || !isKnown) throw new Problem('csrf_failed');
}

/** Whether a form can be ours: pages that send no Referer post with `Origin: null`, and ours do so too. */
export function isOwn({ origin, 'sec-fetch-site': site }: IncomingHttpHeaders, publicUrl: string): boolean {
  const isOwnSite = site === undefined || site === 'same-origin';
  return isOwnSite && (origin === undefined || origin === 'null' || origin === new URL(publicUrl).origin);
}

function isEqual(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
