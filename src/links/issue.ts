import type { Context } from '../context.ts';
import { resolve } from '../destinations/resolve.ts';
import type { ApiKey, Mode } from '../directory/directory.ts';
import { planRedirect } from '../plesk/redirects.ts';
import { Problem } from '../problems.ts';
import { checkRole, checkUsable, checkUser, chooseAccount } from './account.ts';
import type { Link, LinkTerms } from './link.ts';
import type { Repeat } from './store.ts';
import { mintToken } from './token.ts';

/** A link that is asked for; its form has been checked. */
export interface IssueRequest {
  readonly userId: number;
  readonly destination?: string | undefined;
  readonly destinationValues?: unknown;
  readonly serviceId?: number | undefined;
  readonly locale?: string | undefined;
  readonly mode?: Mode | undefined;
  readonly clientIp?: string | undefined;
  readonly browserBinding?: string | undefined;
}

/** A link, and the token that opens it. */
export interface IssuedLink {
  readonly link: Link;
  /** The instant of the answer, by the store's clock. */
  readonly now: number;
  readonly token: string;
  /** Whether the same request had made it before. */
  readonly isRepeated: boolean;
}

/**
 * Makes a link, or answers with the one that the same `idempotencyKey` made within 60 s. A Problem says why there can be
 * none; what a release of Plesk does not let us ask is refused here, not when the browser is on its way.
 */
export async function issueLink(
  request: IssueRequest,
  key: ApiKey,
  idempotencyKey: string | undefined,
  context: Context,
): Promise<IssuedLink> {
  const { ids, pepper, settings, store } = context;
  const id = ids.hex32();
  const terms = termsOf(id, request, key, context);
  const token = mintToken(ids);
  const link = { id, digest: pepper.digest(token), terms, ttlMs: settings.ttl * 1000 };
  if (idempotencyKey === undefined) return issuedAs(await store.issue(link), token);
  const repeated = {
    key: pepper.digest(JSON.stringify(['idempotency', key.id, idempotencyKey])),
    request: pepper.digest(JSON.stringify(['request', request])),
  };
  const repeat: Repeat = { ...repeated, sealedToken: pepper.seal(token, tokenOwner(repeated, id)) };
  const issued = await store.issue(link, repeat);
  if (issued.kind !== 'repeated') return issuedAs(issued, token);
  const first = pepper.open(issued.sealedToken, tokenOwner(repeated, issued.link.id));
  // Sealed under a pepper that is no longer live, or for another request: it cannot be told again.
  if (first === undefined) throw new Problem('idempotency_conflict');
  return { link: issued.link, now: issued.now, token: first, isRepeated: true };
}

/** A sealed token is for one request and one link: no other request gets it, whatever the store says. */
const tokenOwner = ({ key, request }: Pick<Repeat, 'key' | 'request'>, id: string): string =>
  `token ${key} ${request} ${id}`;

function issuedAs(issued: Awaited<ReturnType<Context['store']['issue']>>, token: string): IssuedLink {
  if (issued.kind !== 'issued') throw new Problem('idempotency_conflict');
  return { link: issued.link, now: issued.now, token, isRepeated: false };
}

/** What the link is for, by the directory as it is now. */
function termsOf(
  id: string,
  { userId, destination, destinationValues, serviceId, locale, mode, clientIp, browserBinding }: IssueRequest,
  key: ApiKey,
  { catalogue, directory: live, settings }: Context,
): LinkTerms {
  const directory = live.current();
  const { clientAreaUrl, allowedOrigins, panelPaths, publicUrl } = settings;
  const user = checkUser(directory.user(userId));
  const target = resolve(destination, destinationValues, { catalogue, clientAreaUrl, allowedOrigins });
  const account = chooseAccount(user, serviceId ?? serviceOf(target, user.accounts));
  checkRole(account, key);
  checkUsable(account.server, directory);
  const server = directory.server(account.server);
  if (server === undefined) throw new Problem('plesk_account_not_mapped');
  const redirect = planRedirect(server, target, { publicUrl, panelPaths, reference: id });
  return {
    userId,
    serviceId: account.serviceId,
    server: server.id,
    keyId: key.id,
    destination: destination ?? '',
    mode: mode ?? key.mode ?? settings.mode,
    ...redirect,
    ...(locale === undefined ? {} : { locale }),
    ...(clientIp === undefined ? {} : { clientIp }),
    ...(browserBinding === undefined ? {} : { browserBinding }),
  };
}

/** `ac-ps-product` names a service, which may be one of the user's Plesk accounts, or any other that was bought. */
function serviceOf(
  target: ReturnType<typeof resolve>,
  accounts: readonly { readonly serviceId: number }[],
): number | undefined {
  const named = target.kind === 'url' ? target.serviceId : undefined;
  return accounts.some(({ serviceId }) => serviceId === named) ? named : undefined;
}
