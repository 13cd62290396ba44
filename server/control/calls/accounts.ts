import * as z from 'zod';
import { nearestName } from '../../../base/nearest.ts';
import { Secret } from '../../../base/secret.ts';
import { changeAccount, removeAccount } from '../../state/account-changes.ts';
import type { Account, AccountChange } from '../../state/accounts.ts';
import type { Panel } from '../../state/panel.ts';
import { ADMIN } from '../../state/seed-state.ts';
import { accountFrom, SeedAccount } from '../../state/seed/account.ts';
import { ControlError } from '../control-error.ts';
import type { AccountShown } from '../interface.ts';
import { present } from '../show-parts.ts';
import { defineCall, NOTHING, thereAre } from './call.ts';

const Shown = z.strictObject({
  id: z.int(),
  login: z.string(),
  role: z.enum(['admin', 'reseller', 'customer']),
  owner: z.string().optional(),
  status: z.enum(['active', 'suspended']),
  name: z.string(),
  email: z.string(),
  phone: z.string(),
  locale: z.string(),
  remoteApi: z.boolean(),
});

const Named = z.strictObject({ account: z.string() });

/** What is not named is not changed, so nothing has a default. */
const Change = z.strictObject({
  account: z.string(),
  login: z.string().min(1).max(255).optional(),
  password: z.string().min(1).optional(),
  owner: z.string().optional(),
  status: z.enum(['active', 'suspended']).optional(),
  name: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  locale: z.string().optional(),
  remoteApi: z.boolean().optional(),
});

export const ACCOUNT_CALLS = {
  'accounts.list': defineCall({
    input: NOTHING,
    output: z.array(Shown),
    run: (_input, { panel }) => [...panel.accounts.all()].map((account) => shownAccount(account, panel)),
  }),
  'accounts.get': defineCall({
    input: Named,
    output: Shown,
    run: ({ account }, { panel }) => shownAccount(findAccount(account, panel), panel),
  }),
  'accounts.add': defineCall({
    input: SeedAccount,
    output: Shown,
    run: (row, { panel }) => {
      checkLogin(row.login, panel);
      const owner = row.role === 'admin' && row.owner === undefined ? undefined : ownerOf(row, panel);
      return shownAccount(panel.accounts.add(accountFrom(row, owner?.id)), panel);
    },
  }),
  'accounts.change': defineCall({
    input: Change,
    output: Shown,
    run: ({ account: named, ...change }, { panel }) => {
      const account = findAccount(named, panel);
      if (change.login !== undefined && change.login !== account.login)
        checkNewLogin(account, change.login, panel);
      return changed(account, changeFrom(change, account, panel), panel);
    },
  }),
  'accounts.suspend': defineCall({
    input: Named,
    output: Shown,
    run: ({ account }, { panel }) => changed(findAccount(account, panel), { isSuspended: true }, panel),
  }),
  'accounts.activate': defineCall({
    input: Named,
    output: Shown,
    run: ({ account }, { panel }) => changed(findAccount(account, panel), { isSuspended: false }, panel),
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

const changed = (account: Account, change: AccountChange, panel: Panel): AccountShown =>
  shownAccount(changeAccount(account, change, panel) ?? account, panel);

/** The account with a login; a ControlError where there is none. */
export function findAccount(login: string, { accounts }: Panel, field = 'account'): Account {
  const account = accounts.byLogin(login);
  if (account !== undefined) return account;
  const logins = [...accounts.all()].map((one) => one.login);
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
  { password, owner, status, remoteApi, ...same }: Omit<z.output<typeof Change>, 'account'>,
  { role }: Account,
  panel: Panel,
): AccountChange {
  return {
    ...present(same),
    ...(password === undefined ? {} : { password: new Secret(password) }),
    ...(owner === undefined ? {} : { ownerId: ownerOf({ role, owner }, panel).id }),
    ...(status === undefined ? {} : { isSuspended: status === 'suspended' }),
    ...(remoteApi === undefined ? {} : { mayUseApi: remoteApi }),
  };
}

function shownAccount(account: Account, { accounts }: Panel): AccountShown {
  const { id, login, role, ownerId, isSuspended, name, email, phone, locale, mayUseApi: remoteApi } = account;
  const owner = ownerId === undefined ? undefined : accounts.byId(ownerId)?.login;
  return {
    id,
    login,
    role,
    ...(owner === undefined ? {} : { owner }),
    status: isSuspended ? 'suspended' : 'active',
    name,
    email,
    phone,
    locale,
    remoteApi,
  };
}
