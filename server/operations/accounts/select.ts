import type { Fault } from '../../protocol/faults.ts';
import { FAULTS } from '../../protocol/faults.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented, observed } from '../../protocol/source.ts';
import type { Account } from '../../state/account.ts';
import type { Call } from '../define.ts';

export const SELECT_RULES: readonly Rule[] = [
  {
    id: 'account-filter/all',
    source: observed(
      'molisoft/plesk_lib spec/vcr, list_customers on 11.5.30',
      'an empty filter means all one may see, ascending; filter-id is the own id',
    ),
  },
  {
    id: 'account-filter/owner',
    source: observed(
      'molisoft/plesk_lib spec/vcr, list_customers_filtered on 11.5.30',
      'a result for each customer of an owner, with the owner as filter-id',
    ),
  },
  {
    id: 'account-filter/several',
    source: documented(
      'docs.plesk.com article 34332',
      'a result for each value in the order given, assumed, errors among them',
    ),
  },
  {
    id: 'account-filter/nothing',
    source: assumed(
      'api-php-lib issues 55, 116 and 188 saw several forms',
      'nothing matched: ok without data, with the filter-id of an owner',
    ),
  },
  {
    id: 'account-filter/unknown-owner',
    source: assumed('the code table', '1015 for an owner who does not exist or cannot own'),
  },
  {
    id: 'account-filter/external-id',
    source: assumed('no schema makes it unique', 'an external-id may select several; an empty one none'),
  },
  {
    id: 'account-filter/other-role',
    source: assumed(
      'plesk/whmcs-plugin issue 30: a reseller is not found as customer',
      'customer finds customers alone, reseller resellers alone',
    ),
  },
  {
    id: 'account-filter/own',
    source: assumed(
      'docs.plesk.com articles 28788 and 60289 name the callers only',
      'the administrator sees all, a reseller its own, a customer itself; lists leave others out',
    ),
  },
  {
    id: 'account-filter/foreign',
    source: assumed(
      'nobody has recorded it',
      "1006 for somebody else's account or customers, or by the setting foreignAccount 1013 and 1015",
    ),
  },
];

/** The criteria of a filter, those of another kind being empty or absent. */
export interface Criteria {
  readonly id?: readonly string[];
  readonly login?: readonly string[];
  readonly guid?: readonly string[];
  readonly 'external-id'?: readonly string[];
  readonly 'owner-id'?: readonly string[];
  readonly 'owner-login'?: readonly string[];
  readonly all?: true;
}

/** What one criterion found: an account, nothing at all (`undefined`), or the fault that stands in its place. */
export interface Selected {
  /** As it was asked for, or the account's own id where all were asked for; absent where there is nothing to name. */
  readonly filterId: string | undefined;
  readonly found: Account | Fault | undefined;
}

type Role = 'customer' | 'reseller';

/**
 * What a filter selects of a role, in its order. A value is looked up when it is reached, so that one who was removed
 * by the value before is gone.
 */
export function* select(criteria: Criteria, role: Role, call: Call): Generator<Selected> {
  const { accounts } = call.panel;
  const one = (account: Account | undefined): readonly Account[] => (account === undefined ? [] : [account]);
  const kinds: readonly (readonly [readonly string[] | undefined, (value: string) => readonly Account[]])[] =
    [
      [criteria.id, (value) => one(accounts.get(Number(value)))],
      [criteria.login, (value) => one(accounts.byLogin(value))],
      [criteria.guid, (value) => accounts.by('guid', value)],
      [criteria['external-id'], (value) => accounts.byExternalId(role, value)],
    ];
  let isEmpty = true;
  for (const [values = [], find] of kinds) {
    for (const value of values) {
      isEmpty = false;
      yield* named(value, find(value), role, call);
    }
  }
  for (const value of criteria['owner-id'] ?? []) {
    isEmpty = false;
    yield* owned(value, accounts.get(Number(value)), call);
  }
  for (const value of criteria['owner-login'] ?? []) {
    isEmpty = false;
    yield* owned(value, accounts.byLogin(value), call);
  }
  if (criteria.all === true || isEmpty) yield* visible(role, call);
}

function* named(
  value: string,
  found: readonly Account[],
  role: Role,
  call: Call,
): Generator<Selected, undefined> {
  const matching = found.filter((account) => account.role === role);
  const own = matching.filter((account) => isVisible(account, call));
  for (const account of own) yield { filterId: value, found: account };
  if (own.length > 0) return;
  const foreign = matching[0];
  yield {
    filterId: value,
    found: foreign === undefined ? noSuchClient(whyNot(found[0], role), call) : foreignAccount(foreign, call),
  };
}

const whyNot = (other: Account | undefined, role: Role): string =>
  other === undefined ? `there is no such ${role}` : `${other.login} is no ${role}, but ${other.role}`;

const noSuchClient = (detail: string, { panel }: Call): Fault =>
  FAULTS.noSuchClient(panel.release.errtexts.noSuchClient, detail);

/** What is said of an account that the caller may not see. */
const foreignAccount = ({ login }: Account, call: Call): Fault => {
  const { caller, panel } = call;
  const detail = `${login} is not an account of ${caller.login}`;
  return panel.settings.foreignAccount === '1013'
    ? noSuchClient(`${detail} (setting foreignAccount)`, call)
    : FAULTS.permissionDenied(detail);
};

function* owned(value: string, owner: Account | undefined, call: Call): Generator<Selected, undefined> {
  const { panel } = call;
  const fault = ownerFault(owner, call);
  if (owner === undefined || fault !== undefined) {
    yield { filterId: value, found: fault };
    return;
  }
  const customers = panel.accounts.by('owner', owner.id);
  for (const account of customers) yield { filterId: value, found: account };
  if (customers.length === 0) yield { filterId: value, found: undefined };
}

/** Why nobody's customers can be asked for, or given, where this is who owns them. */
export function ownerFault(owner: Account | undefined, { caller, panel }: Call): Fault | undefined {
  if (owner === undefined) return FAULTS.noSuchOwner('there is no such account');
  if (owner.role === 'customer') return FAULTS.noSuchOwner(`${owner.login} is a customer, and owns nobody`);
  if (caller.role === 'admin' || owner.id === caller.id) return undefined;
  const detail = `${owner.login} is not ${caller.login}`;
  return panel.settings.foreignAccount === '1013'
    ? FAULTS.noSuchOwner(`${detail} (setting foreignAccount)`)
    : FAULTS.permissionDenied(detail);
}

function* visible(role: Role, call: Call): Generator<Selected, undefined> {
  const accounts = visibleAccounts(role, call);
  for (const account of accounts) yield { filterId: String(account.id), found: account };
  if (accounts.length === 0) yield { filterId: undefined, found: undefined };
}

function visibleAccounts(
  role: Role,
  { caller, panel }: Call,
): Iterable<Account> & { readonly length: number } {
  const { accounts } = panel;
  if (caller.role === 'admin') return accounts.by('role', role);
  if (caller.role === role) return [caller];
  return role === 'customer' ? accounts.by('owner', caller.id) : [];
}

const isVisible = ({ id, ownerId }: Account, { caller }: Call): boolean =>
  caller.role === 'admin' || id === caller.id || (caller.role === 'reseller' && ownerId === caller.id);

/** Whether an account is there for look-ups that are no filter: of a role, and the caller's to see. */
export const accountOf = (account: Account | undefined, role: Role, call: Call): Account | Fault => {
  if (account?.role !== role) return noSuchClient(whyNot(account, role), call);
  return isVisible(account, call) ? account : foreignAccount(account, call);
};
