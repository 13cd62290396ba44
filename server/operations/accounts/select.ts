import type { Fault } from '../../protocol/faults.ts';
import { FAULTS } from '../../protocol/faults.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented, observed } from '../../protocol/source.ts';
import type { Account } from '../../state/account.ts';
import type { Call } from '../define.ts';
import type { Criterion } from '../filter.ts';

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
    source: observed(
      'plesk/api-php-lib issue 116, reseller get; its tests of an empty server',
      'an empty filter that finds no account: one ok without data',
    ),
  },
  {
    id: 'account-filter/owner-of-none',
    source: assumed(
      'plesk/api-php-lib issue 188 saw it for databases',
      'an owner without customers: one ok with filter-id and without data',
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
    id: 'account-filter/reseller-as-customer',
    source: observed('plesk/whmcs-plugin issue 30', 'customer does not find a reseller: 1013'),
  },
  {
    id: 'account-filter/other-role',
    source: assumed(
      'a reseller is recorded not to be found as a customer',
      'nor does customer find an administrator, or reseller another role',
    ),
  },
  {
    id: 'account-filter/callers',
    source: documented(
      'docs.plesk.com articles 28788 and 60289',
      'customer is for the administrator and for resellers, reseller for both as well',
    ),
  },
  {
    id: 'account-filter/own',
    source: assumed(
      'the pages name the callers, not what they see',
      'a reseller sees itself and its customers, a customer itself; lists leave others out',
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

type Role = 'customer' | 'reseller';

/** What accounts of a role are found by, besides their owner. */
export const accountCriteria = (role: Role) =>
  ({
    id: (value, call) => named(listOf(call.panel.accounts.get(Number(value))), role, call),
    login: (value, call) => named(listOf(call.panel.accounts.byLogin(value)), role, call),
    guid: (value, call) => named(call.panel.accounts.by('guid', value), role, call),
    'external-id': (value, call) => named(call.panel.accounts.byExternalId(role, value), role, call),
  }) as const satisfies Readonly<Record<string, Criterion<Account>>>;

/** What customers are found by besides: all of an owner. */
export const OWNER_CRITERIA = {
  'owner-id': (value, call) => owned(call.panel.accounts.get(Number(value)), call),
  'owner-login': (value, call) => owned(call.panel.accounts.byLogin(value), call),
} as const satisfies Readonly<Record<string, Criterion<Account>>>;

const listOf = (account: Account | undefined): readonly Account[] => (account === undefined ? [] : [account]);

/** The accounts found that are of a role and the caller's to see, or why there are none. */
function named(found: readonly Account[], role: Role, call: Call): readonly Account[] | Fault {
  const matching = found.filter((account) => account.role === role);
  const own = matching.filter((account) => isVisible(account, call));
  if (own.length > 0) return own;
  const foreign = matching[0];
  return foreign === undefined ? noSuchClient(whyNot(found[0], role), call) : foreignAccount(foreign, call);
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

function owned(owner: Account | undefined, call: Call): readonly Account[] | Fault {
  const fault = ownerFault(owner, call);
  return owner === undefined || fault !== undefined
    ? (fault ?? FAULTS.noSuchOwner(''))
    : call.panel.accounts.by('owner', owner.id);
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

/** All accounts of a role that the caller may see, ascending. */
export const visibleAccounts =
  (role: Role) =>
  ({ caller, panel }: Call): readonly Account[] => {
    const { accounts } = panel;
    if (caller.role === 'admin') return accounts.by('role', role);
    if (caller.role === role) return [caller];
    return role === 'customer' ? accounts.by('owner', caller.id) : [];
  };

const isVisible = ({ id, ownerId }: Account, { caller }: Call): boolean =>
  caller.role === 'admin' || id === caller.id || (caller.role === 'reseller' && ownerId === caller.id);

/** Whether an account is there for look-ups that are no filter: of a role, and the caller's to see. */
export const accountOf = (account: Account | undefined, role: Role, call: Call): Account | Fault => {
  if (account?.role !== role) return noSuchClient(whyNot(account, role), call);
  return isVisible(account, call) ? account : foreignAccount(account, call);
};
