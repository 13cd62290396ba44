import type { SettingTable } from '../../base/settings.ts';
import { changeStored, readStored } from '../directory/database.ts';
import type { StoredAccount, StoredDirectory, StoredUser } from '../directory/schema.ts';
import { accountFrom, takeRepeated, withAccount } from './account-words.ts';
import { readGiven, runSubcommand } from './command.ts';
import { EXIT } from './exit.ts';
import type { Invocation } from './invocation.ts';
import { CommandError } from './invocation.ts';
import { asJson, asTable, orDash } from './output.ts';

const IDS = { kind: 'list', value: 'SERVICE_IDS' } as const;

export const USER_OPTIONS = {
  active: { kind: 'boolean', value: '', says: 'whether the user may log in; a new one may' },
  ssoDisabled: { kind: 'boolean', value: '', says: 'whether the user wants no single sign-on' },
  account: {
    kind: 'text',
    value: 'FIELDS',
    says: 'an account, as service_id=101,server=plesk-1,login=bob,role=customer,primary: adds it, or changes what is named of the one with this service_id; may be repeated',
  },
  removeAccount: { ...IDS, says: 'accounts to take away, by their service_id, with commas' },
} as const satisfies SettingTable;

/** `plesk-sso users`: says who lives on which Plesk server. */
export const users = (invocation: Invocation): Promise<number> =>
  runSubcommand('users', { set: setUser, list: listUsers, remove: removeUsers }, invocation);

async function setUser(invocation: Invocation): Promise<number> {
  const { texts, rest } = takeRepeated(invocation.args, '--account');
  const form = { usage: 'users set ID', table: USER_OPTIONS, words: [1, 1] } as const;
  const { options, words, file } = readGiven(form, { ...invocation, args: rest });
  const [id = ''] = words;
  const changes = texts.map(accountFrom);
  const { active, ssoDisabled, removeAccount = [] } = options;
  let user: StoredUser = { active: true, accounts: [] };
  await changeStored(file, invocation, (stored) => {
    const before = userIn(stored, id) ?? user;
    const kept = without(before.accounts, removeAccount);
    user = {
      ...before,
      active: active ?? before.active,
      ...(ssoDisabled === undefined ? {} : { sso_disabled: ssoDisabled }),
      accounts: changes.reduce(withAccount, kept),
    };
    return { ...stored, users: { ...stored.users, [id]: user } };
  });
  invocation.stdout(options.json ? asJson({ id: Number(id), ...user }) : tableOf([[id, user]]));
  return EXIT.ok;
}

const userIn = ({ users: all }: StoredDirectory, id: string): StoredUser | undefined =>
  Object.hasOwn(all, id) ? all[id] : undefined;

function without(accounts: readonly StoredAccount[], serviceIds: readonly string[]): StoredAccount[] {
  const missing = serviceIds.find((id) => accounts.every(({ service_id }) => String(service_id) !== id));
  if (missing !== undefined) throw new CommandError(`the user has no account ${JSON.stringify(missing)}`);
  return accounts.filter(({ service_id }) => !serviceIds.includes(String(service_id)));
}

async function listUsers(invocation: Invocation): Promise<number> {
  const form = { usage: 'users list [ID...]', table: {}, words: [0, Infinity] } as const;
  const { options, words, file } = readGiven(form, invocation);
  const stored = await readStored(file, invocation.clock.now());
  const found = words.length === 0 ? Object.entries(stored.users) : usersMeant(stored, words);
  const rows = found.map(([id, user]) => ({ id: Number(id), ...user }));
  invocation.stdout(options.json ? asJson(rows) : tableOf(found));
  return EXIT.ok;
}

type Entry = readonly [id: string, user: StoredUser];

function usersMeant(stored: StoredDirectory, ids: readonly string[]): readonly Entry[] {
  return ids.map((id) => {
    const user = userIn(stored, id);
    if (user === undefined) throw new CommandError(`there is no user ${JSON.stringify(id)}`);
    return [id, user];
  });
}

const tableOf = (entries: readonly Entry[]): string =>
  asTable(
    ['ID', 'ACTIVE', 'SSO', 'ACCOUNTS'],
    entries.map(([id, { active, sso_disabled: isDisabled = false, accounts }]) => [
      id,
      active ? 'yes' : 'no',
      isDisabled ? 'disabled' : 'yes',
      orDash(accounts.map(accountWords).join('; ')),
    ]),
  );

const accountWords = ({ service_id, server, login, role, primary = false }: StoredAccount): string =>
  `${service_id} ${login} on ${server} (${primary ? `${role}, primary` : role})`;

async function removeUsers(invocation: Invocation): Promise<number> {
  const form = { usage: 'users remove ID...', table: {}, words: [1, Infinity] } as const;
  const { options, words, file } = readGiven(form, invocation);
  await changeStored(file, invocation, (stored) => {
    const gone = new Set(usersMeant(stored, words).map(([id]) => id));
    const left = Object.entries(stored.users).filter(([id]) => !gone.has(id));
    return { ...stored, users: Object.fromEntries(left) };
  });
  invocation.stdout(options.json ? asJson({ removed: words.map(Number) }) : `Removed: ${words.join(', ')}\n`);
  return EXIT.ok;
}
