import { nearestName } from '../../../base/nearest.ts';
import type { Account } from '../../state/account.ts';
import type { Accounts } from '../../state/accounts.ts';
import { limitOf } from '../../state/reseller-terms.ts';
import type { Case } from './case.ts';
import { askedFor, textsGiven } from './fields.ts';
import { helpForLogin } from './logins.ts';
import { anyOf } from './words.ts';

/** Help for a customer or reseller that is not found. */
export function helpForNoClient(one: Case): readonly string[] {
  const { arrival, fault, performed } = one;
  const { accounts } = arrival.panel;
  const foreign = helpForForeign(one);
  if (foreign !== undefined) return foreign;
  const role = performed?.name.startsWith('reseller/') === true ? 'reseller' : 'customer';
  const [, login, other] = /^(\S+) is no \w+, but (\w+)$/.exec(fault.detail ?? '') ?? [];
  if (login !== undefined && other !== undefined)
    return [
      other === 'admin'
        ? `'${login}' is the administrator: server/get tells of it`
        : `'${login}' is a ${other}: ask for it by ${other}/get`,
    ];
  const { kind, value } = askedFor(one);
  if (value === '') return [`an empty <${kind}> finds nobody: an empty <filter/> finds everybody`];
  const named = accounts.byLogin(value);
  if (kind !== 'login' && named !== undefined) return [`'${value}' is a login: ask for it by <login>`];
  if (kind === 'login') {
    const numbered = /^\d+$/.test(value) ? accounts.get(Number(value)) : undefined;
    return numbered?.role === role
      ? [`${value} is the id of '${numbered.login}': ask for it by <id>`]
      : helpForLogin(value, arrival.panel);
  }
  if (kind === 'id') return [`ids that are there: ${someOf(role, accounts)}`];
  return [`no ${role} has the ${kind} '${value}'`];
}

/** The first few of a role, and how many others there are. */
function someOf(role: 'customer' | 'reseller', accounts: Accounts): string {
  const some = accounts.some('role', role, SHOWN).map(nameWithId);
  const others = accounts.count('role', role) - some.length;
  return anyOf(others === 0 ? some : [...some, `${others} others`]);
}

const SHOWN = 8;
/** So many are looked at for one that is like it. */
const MOST = 1000;

/** Help for an owner who is none. */
export function helpForNoOwner(one: Case): readonly string[] {
  const { accounts } = one.arrival.panel;
  const foreign = helpForForeign(one);
  if (foreign !== undefined) return foreign;
  const [name, value] = ownerGiven(one) ?? ['owner', ''];
  if (value === '') return [`<${name}> is empty: leave it out, and the customer is its adder's own`];
  const owners = [...accounts.some('role', 'admin', MOST), ...accounts.some('role', 'reseller', MOST)];
  const account = name === 'owner-id' ? accounts.get(Number(value)) : accounts.byLogin(value);
  if (account?.role === 'customer')
    return [`'${account.login}' is a customer; customer/convert-to-reseller makes a reseller of one`];
  if (name === 'owner-id') return [`who may own customers: ${anyOf(owners.map(nameWithId), 8)}`];
  if (name === 'owner-external-id') return [`no reseller has the external-id '${value}'`];
  const near = nearestName(
    value,
    owners.map(({ login }) => login),
  );
  const who = `who may own customers: ${anyOf(owners.map(nameWithId), 8)}`;
  return [near === undefined ? who : `do you mean '${near}'?`];
}

/** Help for a login that somebody has. */
export function helpForTaken({ arrival, fault }: Case): readonly string[] {
  const { accounts } = arrival.panel;
  const [, login = ''] = /^the login '(.*)' is taken$/.exec(fault.detail ?? '') ?? [];
  const account = accounts.byLogin(login);
  if (account === undefined) return [`the login '${login}' is free now`];
  if (account.role === 'customer') {
    const owner = account.ownerId === undefined ? undefined : accounts.get(account.ownerId)?.login;
    return [`'${login}' is a customer of '${owner ?? ''}', with the id ${account.id}: customer/get finds it`];
  }
  return [
    `'${login}' is ${account.role === 'admin' ? 'an administrator' : 'a reseller'}: customers, resellers and administrators share one series of logins`,
  ];
}

/** Help for a reseller who has all that it may have. */
export function helpForLimit(one: Case): readonly string[] {
  const { accounts } = one.arrival.panel;
  const [, limit = ''] = /^The limit '(.*)' is reached/.exec(one.fault.errtext) ?? [];
  const [name, value] = ownerGiven(one) ?? ['', ''];
  const byLogin = accounts.byLogin(value) ?? accounts.byLogin(one.arrival.answered?.caller ?? '');
  const owner =
    name === 'owner-id'
      ? accounts.get(Number(value))
      : name === 'owner-external-id'
        ? accounts.oneByExternalId('reseller', value)
        : byLogin;
  if (owner?.role !== 'reseller') return [];
  const most = limitOf(owner, limit);
  return [
    `${limit} of '${owner.login}' is ${most ?? -1}, and so many customers it has: accounts.change('${owner.login}', { limits: { ${limit}: -1 } }) or reseller/set with <limits> raises it; -1 is no limit`,
  ];
}

/** Help for a status that cannot be. */
export const helpForStatus = ({ arrival }: Case): readonly string[] => [
  '0 is active, 16 suspended by the administrator, 32 by its reseller, 64 by itself',
  ...(arrival.panel.settings.accountStatus === 'documented'
    ? ["settings.set({ accountStatus: 'any' }) takes other numbers too, as Plesk was seen to do"]
    : []),
];

/** Help for accounts that are somebody else's, and for what a reseller may not do; none for other denials. */
export function helpForAccountDenied(one: Case): readonly string[] | undefined {
  const { arrival, fault, performed } = one;
  const { detail = '' } = fault;
  const [, reseller, permission] = /^the reseller (\S+) has no permission (\w+)$/.exec(detail) ?? [];
  if (reseller !== undefined)
    return [
      `accounts.change('${reseller}', { permissions: { ${String(permission)}: true } }) or reseller/set with <permissions> gives it`,
    ];
  if (detail.endsWith('is for the administrator and for resellers'))
    return [
      `${performed?.name ?? 'it'} wants the credentials of the administrator or of a reseller; ${arrival.answered?.caller ?? 'the caller'} is a customer`,
    ];
  if (detail.endsWith('cannot change its own status'))
    return ['who owns an account suspends it, or activates it: call as the administrator or its reseller'];
  return performed?.name.startsWith('server/') === true ? undefined : helpForForeign(one);
}

/** Help for an account or an owner that is somebody else's, whichever errcode says so. */
function helpForForeign({ arrival, fault }: Case): readonly string[] | undefined {
  const { accounts } = arrival.panel;
  const [, login = '', as, caller = '', setting] =
    /^(\S+) is not (an account of )?(\S+)( \(setting foreignAccount\))?$/.exec(fault.detail ?? '') ?? [];
  const account = accounts.byLogin(login);
  if (account === undefined) return undefined;
  if (as === undefined)
    return [`'${caller}' can have customers of its own alone: leave the owner out, or call as admin`];
  const owner = account.ownerId === undefined ? undefined : accounts.get(account.ownerId);
  const whom = owner?.role === 'reseller' ? `'${owner.login}' or the administrator` : 'the administrator';
  return [
    `'${account.login}' belongs to '${owner?.login ?? 'nobody'}': call as ${whom}`,
    setting === undefined
      ? "settings.set({ foreignAccount: '1013' }) answers as if it were not there"
      : "settings.set({ foreignAccount: '1006' }) answers that permission is denied",
  ];
}

/** The owner that an operation was given, and the element that it stood in. */
function ownerGiven(one: Case): readonly [name: string, value: string] | undefined {
  const { kind, value } = askedFor(one);
  if (kind.startsWith('owner-')) return [kind, value];
  for (const name of ['owner-login', 'owner-id', 'owner-external-id', 'new-owner-login']) {
    const [given] = textsGiven(one, name);
    if (given !== undefined) return [name, given];
  }
  return undefined;
}

const nameWithId = ({ id, login }: Account): string => `${id} ('${login}')`;
