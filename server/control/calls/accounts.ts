import * as z from 'zod';
import { nearestName } from '../../../base/nearest.ts';
import { Secret } from '../../../base/secret.ts';
import { changeAccount, removeAccount } from '../../state/account-changes.ts';
import type { Account } from '../../state/account.ts';
import { guidFrom, guidOfLogin, STATUS } from '../../state/account.ts';
import type { AccountChange } from '../../state/accounts.ts';
import { changedCredentialMistakes, credentialMistakes } from '../../state/credential-rules.ts';
import type { Panel } from '../../state/panel.ts';
import { ADMIN } from '../../state/seed-state.ts';
import { AccountFields } from '../../state/seed/account-fields.ts';
import { accountFrom, SeedAccount, statusFrom, termMistakes, termsFrom } from '../../state/seed/account.ts';
import { localeMistake, nameMistakes, poolMistakes } from '../../state/seed/offered.ts';
import { ControlError } from '../control-error.ts';
import type { AccountShown } from '../interface.ts';
import { AccountForm, shownAccount } from '../show-account.ts';
import { present } from '../show-parts.ts';
import { pageOf } from '../page.ts';
import { defineCall, PAGE, thereAre } from './call.ts';

const Named = z.strictObject({ account: z.string() });

/** What is not named is not changed, so nothing has a default. */
const Change = AccountFields.partial().extend({ account: z.string() });

/** Whose accounts are listed; all of them without a word. */
const Wanted = z.strictObject({
  role: SeedAccount.shape.role.optional(),
  owner: z.string().optional(),
  externalId: z.string().optional(),
  ...PAGE,
});

export const ACCOUNT_CALLS = {
  'accounts.list': defineCall({
    input: Wanted,
    output: z.array(AccountForm),
    run: (wanted, { panel }) =>
      pageOf(accountsLike(wanted, panel), wanted, ({ id }) => id).map((account) =>
        shownAccount(account, panel),
      ),
  }),
  'accounts.get': defineCall({
    input: Named,
    output: AccountForm,
    run: ({ account }, { panel }) => shownAccount(findAccount(account, panel), panel),
  }),
  'accounts.add': defineCall({
    input: SeedAccount,
    output: AccountForm,
    run: (row, { panel }) => {
      checkLogin(row.login, panel);
      checkGiven(row.role, row, panel);
      refuse(credentialMistakes(row, panel.settings));
      const owner = row.role === 'admin' && row.owner === undefined ? undefined : ownerOf(row, panel);
      const { createdAt = panel.clock.now(), ...account } = accountFrom(row, owner?.id, panel.time);
      const guid = row.guid ?? freeGuidFor(row.login, panel);
      checkGuid(guid, panel);
      return shownAccount(panel.accounts.add({ ...account, createdAt, guid }), panel);
    },
  }),
  'accounts.change': defineCall({
    input: Change,
    output: AccountForm,
    run: ({ account: named, ...change }, { panel }) => {
      const account = findAccount(named, panel);
      if (change.login !== undefined && change.login !== account.login)
        checkNewLogin(account, change.login, panel);
      refuse(changedCredentialMistakes(account, change, panel.settings));
      if (change.guid !== undefined) checkGuid(change.guid, panel, account);
      return changed(account, changeFrom(change, account, panel), panel);
    },
  }),
  'accounts.suspend': defineCall({
    input: Named,
    output: AccountForm,
    run: ({ account }, { panel }) =>
      changed(findAccount(account, panel), { status: STATUS.byAdministrator }, panel),
  }),
  'accounts.activate': defineCall({
    input: Named,
    output: AccountForm,
    run: ({ account }, { panel }) => changed(findAccount(account, panel), { status: 0 }, panel),
  }),
  'accounts.remove': defineCall({
    input: Named,
    output: z.array(z.string()),
    run: ({ account: named }, { panel }) => {
      const account = findAccount(named, panel);
      if (account.login === ADMIN)
        throw new ControlError(409, ['account: the administrator admin always stays']);
      return removeAccount(account, panel).map(({ login }) => login);
    },
  }),
} as const;

function accountsLike(
  { role, owner, externalId }: z.output<typeof Wanted>,
  panel: Panel,
): readonly Account[] {
  const { accounts } = panel;
  const ownerId = owner === undefined ? undefined : findAccount(owner, panel, 'owner').id;
  const roles = role === undefined ? ROLES : [role];
  const found =
    externalId === undefined
      ? roles.flatMap((one) => accounts.by('role', one))
      : roles.flatMap((one) => accounts.byExternalId(one, externalId));
  const own = ownerId === undefined ? found : found.filter((account) => account.ownerId === ownerId);
  return own.sort((one, other) => one.id - other.id);
}

const ROLES = ['admin', 'reseller', 'customer'] as const;

const changed = (account: Account, change: AccountChange, panel: Panel): AccountShown =>
  shownAccount(changeAccount(account, change, panel) ?? account, panel);

/** So many of a role are looked at for a login that is like another. */
const LOOKED_AT = 1000;

/** The account with a login; a ControlError where there is none. */
export function findAccount(login: string, { accounts }: Panel, field = 'account'): Account {
  const account = accounts.byLogin(login);
  if (account !== undefined) return account;
  const logins = ROLES.flatMap((role) => accounts.some('role', role, LOOKED_AT)).map((one) => one.login);
  const there = thereAre(logins, nearestName(login, logins));
  throw new ControlError(field === 'account' ? 404 : 400, [
    `${field}: there is no account '${login}';${there}`,
  ]);
}

function checkLogin(login: string, { accounts }: Panel): void {
  if (accounts.byLogin(login) === undefined) return;
  throw new ControlError(409, [`login: there is another account with the login '${login}'`]);
}

function checkNewLogin({ login }: Account, wanted: string, panel: Panel): void {
  if (login === ADMIN) throw new ControlError(409, ['login: the administrator admin keeps its login']);
  checkLogin(wanted, panel);
}

/** Who is to own an account of a role; the administrator without a word. */
function ownerOf(
  { role, owner = ADMIN }: Pick<z.output<typeof SeedAccount>, 'role' | 'owner'>,
  panel: Panel,
): Account {
  const wrong = (why: string): ControlError => new ControlError(400, [`owner: ${why}`]);
  if (role === 'admin') throw wrong('an administrator belongs to nobody');
  const found = findAccount(owner, panel, 'owner');
  if (found.role === 'customer') throw wrong('a customer owns nobody');
  if (found.role === 'reseller' && role === 'reseller')
    throw wrong('a reseller belongs to the administrator');
  return found;
}

function changeFrom(
  { password, owner, status, created, guid, ...same }: Omit<z.output<typeof Change>, 'account'>,
  { role, terms }: Account,
  panel: Panel,
): AccountChange {
  const { remoteApi, permissions, limits, ipPool, ...texts } = same;
  checkGiven(role, same, panel);
  return {
    ...present(texts),
    ...(password === undefined ? {} : { password: new Secret(password) }),
    ...(owner === undefined ? {} : { ownerId: ownerOf({ role, owner }, panel).id }),
    ...(status === undefined ? {} : { status: statusFrom(status) }),
    ...(created === undefined ? {} : { createdAt: panel.time.onDay(created) }),
    ...(guid === undefined ? {} : { guid }),
    terms: termsFrom(role, { remoteApi, permissions, limits, ipPool }, terms),
  };
}

function refuse(mistakes: readonly string[]): void {
  if (mistakes.length > 0) throw new ControlError(400, mistakes);
}

/** Whether the role and the server allow what is given of an account. */
function checkGiven(
  role: Account['role'],
  given: Readonly<Pick<z.output<typeof Change>, 'locale' | 'permissions' | 'limits' | 'ipPool'>>,
  { release, server }: Panel,
): void {
  const { locale, ipPool = [] } = given;
  const wrongLocale = locale === undefined ? undefined : localeMistake(locale, release.locales);
  const addresses = server.now.addresses.map(({ address }) => address);
  const mistakes = [
    ...termMistakes(role, given),
    ...(wrongLocale === undefined ? [] : [`locale: ${wrongLocale}`]),
    ...nameMistakes(role, given, release),
    ...poolMistakes(ipPool, addresses),
  ];
  refuse(mistakes);
}

/** That no other account has a guid. */
function checkGuid(guid: string, { accounts }: Panel, mine?: Account): void {
  if (accounts.by('guid', guid).every(({ id }) => id === mine?.id)) return;
  throw new ControlError(409, [`guid: there is another account with the guid ${guid}`]);
}

/** The guid that follows from a login, or a random one where that is taken. */
function freeGuidFor(login: string, { accounts, ids }: Panel): string {
  const usual = guidOfLogin(login);
  return accounts.by('guid', usual).length === 0 ? usual : guidFrom(ids.hex32());
}
