import type { Fault } from '../../protocol/faults.ts';
import { FAULTS } from '../../protocol/faults.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented } from '../../protocol/source.ts';
import type { Account } from '../../state/account.ts';
import { CREATE_CLIENTS, isPermitted, limitOf } from '../../state/reseller-terms.ts';
import { ADMIN } from '../../state/seed-state.ts';
import type { Call } from '../define.ts';
import { ownerFault } from './select.ts';

export const OWNER_RULES: readonly Rule[] = [
  {
    id: 'account-owner/caller',
    source: documented(
      'docs.plesk.com article 38513',
      'without an owner it belongs to the caller; owner-id 0 is none, assumed',
    ),
  },
  {
    id: 'account-owner/unknown',
    source: assumed(
      'the code table',
      '1015 for an unknown owner and for a customer, 1006 for another reseller',
    ),
  },
  {
    id: 'account-owner/create-clients',
    source: documented(
      'docs.plesk.com article 65751',
      'a reseller needs create_clients; 1006 without it is assumed',
    ),
  },
  {
    id: 'account-owner/limit',
    source: documented(
      'docs.plesk.com articles 60267 and 33765',
      'max_cl limits the customers of a reseller, 1024; also where the administrator adds is assumed',
    ),
  },
];

/** Who is meant to own a new customer. */
export interface GivenOwner {
  readonly 'owner-id'?: string;
  readonly 'owner-login'?: string;
  readonly 'owner-external-id'?: string;
}

/** The owner of a new customer, where the caller may give it to them. */
export function ownerOf(given: GivenOwner, call: Call): Account | Fault {
  const { caller, panel } = call;
  const owner = namedOwner(given, call);
  const fault = ownerFault(owner, call);
  if (fault !== undefined || owner === undefined) return fault ?? FAULTS.noSuchOwner('');
  if (caller.role === 'reseller' && !isPermitted(caller, CREATE_CLIENTS))
    return FAULTS.permissionDenied(`the reseller ${caller.login} has no permission ${CREATE_CLIENTS}`);
  // There is one account that owns what is the administrator's, whichever administrator calls.
  return owner.role === 'admin' ? (panel.accounts.byLogin(ADMIN) ?? owner) : owner;
}

function namedOwner(given: GivenOwner, { caller, panel }: Call): Account | undefined {
  const { 'owner-id': id, 'owner-login': login, 'owner-external-id': externalId } = given;
  const { accounts } = panel;
  if (login !== undefined) return accounts.byLogin(login);
  if (externalId !== undefined)
    return accounts.oneByExternalId('reseller', externalId) ?? accounts.oneByExternalId('admin', externalId);
  return id === undefined || Number(id) === 0 ? caller : accounts.get(Number(id));
}

/** The fault where a reseller has all the customers that it may have. */
export function customerLimitFault(owner: Account, { panel }: Call): Fault | undefined {
  const most = limitOf(owner, MAX_CUSTOMERS);
  return most !== undefined && panel.accounts.count('owner', owner.id) >= most
    ? FAULTS.limitReached(MAX_CUSTOMERS, most)
    : undefined;
}

const MAX_CUSTOMERS = 'max_cl';
