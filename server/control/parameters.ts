import type { VisitArrival } from './journal.ts';

/** The parameters that each door reads, and which of a request's it does not. */
export function parametersOf({
  url,
  params,
}: VisitArrival): { readonly known: readonly string[]; readonly unread: readonly string[] } | undefined {
  const known = READ[url.split('?', 1)[0] ?? ''];
  return known && { known, unread: [...params.keys()].filter((name) => !known.includes(name)) };
}

const REDIRECTS = ['success_redirect_url', 'failure_redirect_url', 'locale_id', 'no_frames'];
const LOGIN = ['login_name', 'login', 'passwd', 'forgery_protection_token', ...REDIRECTS];

/** Pages are not what is emulated: whatever they are given is theirs. */
const READ: Readonly<Record<string, readonly string[] | undefined>> = {
  '/enterprise/rsession_init.php': ['PLESKSESSID', 'PHPSESSID', ...REDIRECTS],
  '/login_up.php': LOGIN,
  '/login_up.php3': LOGIN,
};
