import { expect, it } from 'vitest';
import { users } from '../../src/commands/users.ts';
import type { StoredUser } from '../../src/directory/schema.ts';
import { call } from '../support/directory-commands.ts';
import { directoryPath, STORED, storedIn } from '../support/directory-file.ts';

const BOB = { service_id: 101, server: 'plesk-1', login: 'bob', role: 'customer', primary: true } as const;
const EVE = { service_id: 102, server: 'plesk-1', login: 'eve', role: 'customer' } as const;

/** The user 18 after a command, where he had these accounts before. */
async function after(
  accounts: readonly object[],
  ...args: readonly string[]
): Promise<StoredUser | undefined> {
  const file = directoryPath({ ...STORED, users: { '18': { active: true, accounts } } });
  const { code, stderr } = await call(users, file, ['set', '18', ...args]);
  expect([code, stderr]).toEqual([0, '']);
  return storedIn(file).users['18'];
}

it('adds a user, who is active, with accounts', async () => {
  const file = directoryPath(STORED);
  const accounts = [
    'service_id=7,server=plesk-1,login=rita,role=reseller,primary',
    'service_id=8, server=plesk-1, login=a=b',
  ];

  const { code, stdout } = await call(users, file, [
    'set',
    '19',
    '--account',
    accounts[0] ?? '',
    `--account=${accounts[1] ?? ''}`,
  ]);

  expect([code, stdout]).toEqual([
    0,
    'ID  ACTIVE  SSO  ACCOUNTS\n19  yes     yes  7 rita on plesk-1 (reseller, primary); 8 a=b on plesk-1 (customer)\n',
  ]);
  expect(storedIn(file).users['19']).toEqual({
    active: true,
    accounts: [
      { service_id: 7, server: 'plesk-1', login: 'rita', role: 'reseller', primary: true },
      { service_id: 8, server: 'plesk-1', login: 'a=b', role: 'customer' },
    ],
  });
  expect(storedIn(file).users['18']).toEqual(STORED.users['18']);
});

it.each<[string, readonly object[], readonly string[], StoredUser]>([
  ['closes a user', [BOB], ['--no-active'], { active: false, accounts: [BOB] }],
  [
    'keeps one from single sign-on',
    [BOB],
    ['--sso-disabled'],
    { active: true, sso_disabled: true, accounts: [BOB] },
  ],
  [
    'lets one have it again',
    [BOB],
    ['--no-sso-disabled'],
    { active: true, sso_disabled: false, accounts: [BOB] },
  ],
  ['changes nothing that is not named', [BOB, EVE], [], { active: true, accounts: [BOB, EVE] }],
  [
    'adds an account',
    [BOB],
    ['--account', 'service_id=102,server=plesk-1,login=eve'],
    { active: true, accounts: [BOB, EVE] },
  ],
  [
    'changes what is named of an account',
    [BOB, EVE],
    ['--account', 'service_id=101,role=reseller'],
    { active: true, accounts: [{ ...BOB, role: 'reseller' }, EVE] },
  ],
  [
    'makes another account primary',
    [BOB, EVE],
    ['--account', 'service_id=102,primary'],
    {
      active: true,
      accounts: [
        { service_id: 101, server: 'plesk-1', login: 'bob', role: 'customer' },
        { ...EVE, primary: true },
      ],
    },
  ],
  [
    'makes none primary',
    [BOB],
    ['--account', 'service_id=101,primary=false'],
    { active: true, accounts: [{ service_id: 101, server: 'plesk-1', login: 'bob', role: 'customer' }] },
  ],
  ['takes accounts away', [BOB, EVE], ['--remove-account', '101,102'], { active: true, accounts: [] }],
  [
    'replaces one account by another',
    [BOB],
    ['--remove-account', '101', '--account', 'service_id=102,server=plesk-1,login=eve'],
    { active: true, accounts: [EVE] },
  ],
])('%s', async (_case, accounts, args, expected) => {
  expect(await after(accounts, ...args)).toEqual(expected);
});

it.each<[string, readonly string[], number, string]>([
  [
    'an id that is none',
    ['set', '018'],
    2,
    'users.018: this is no user_id: a whole number from 1 on, below 2^53, without leading zeros',
  ],
  ['an id that is hidden', ['set', '__proto__'], 2, 'users.__proto__: this is no name'],
  ['no id', ['set'], 2, 'this is written: plesk-sso users set ID'],
  [
    'a server that is not there',
    ['set', '18', '--account', 'service_id=1,server=plesk-2,login=a'],
    2,
    'users.18.accounts.1.server: there is no server plesk-2; do you mean plesk-1?',
  ],
  [
    'a new account without a server',
    ['set', '18', '--account', 'service_id=1,login=a'],
    2,
    '--account: the new account 1 needs server=ID and login=LOGIN',
  ],
  [
    'an account without an id',
    ['set', '18', '--account', 'login=a'],
    2,
    '--account: service_id=ID is missing',
  ],
  [
    'an account with a bad id',
    ['set', '18', '--account', 'service_id=0'],
    2,
    '--account: service_id must be a whole number from 1 on',
  ],
  [
    'a misspelt field',
    ['set', '18', '--account', 'service_id=1,servr=plesk-1'],
    2,
    '--account: "servr" is not known; do you mean server?',
  ],
  [
    'an unknown role',
    ['set', '18', '--account', 'service_id=101,role=owner'],
    2,
    '--account: role must be one of customer, reseller, admin',
  ],
  [
    'a field twice',
    ['set', '18', '--account', 'service_id=1,service_id=2'],
    2,
    '--account: service_id stands twice',
  ],
  [
    'a primary of another kind',
    ['set', '18', '--account', 'service_id=101,primary=yes'],
    2,
    '--account: primary is true, false, or stands alone',
  ],
  ['an account that is not said', ['set', '18', '--account'], 2, '--account needs a value: --account FIELDS'],
  [
    'a flag in place of an account',
    ['set', '18', '--account', '--no-active'],
    2,
    '--account: "--no-active" is not known; there are service_id, server, login, role, primary\nplesk-sso: --account: service_id=ID is missing',
  ],
  ['a misspelt flag', ['set', '18', '--acount', 'x'], 2, '--acount is not known; do you mean --account?'],
  [
    'an account to remove that is not there',
    ['set', '18', '--remove-account', '7'],
    1,
    'the user has no account "7"',
  ],
  ['a user to remove that is not there', ['remove', '18', '19'], 1, 'there is no user "19"'],
  ['a user to list that is not there', ['list', 'constructor'], 1, 'there is no user "constructor"'],
])('changes nothing for %s', async (_case, args, code, words) => {
  const file = directoryPath(STORED);

  expect(await call(users, file, args)).toEqual({ code, stdout: '', stderr: `plesk-sso: ${words}\n` });
  expect(storedIn(file)).toEqual(STORED);
});

it('lists users for people and for programs, all or some', async () => {
  const file = directoryPath({
    ...STORED,
    users: { ...STORED.users, '9007199254740991': { active: false, sso_disabled: true, accounts: [] } },
  });

  expect((await call(users, file, ['list'])).stdout).toBe(
    'ID                ACTIVE  SSO       ACCOUNTS\n' +
      '18                yes     yes       101 bob on plesk-1 (customer, primary)\n' +
      '9007199254740991  no      disabled  -\n',
  );
  expect(JSON.parse((await call(users, file, ['list', '18', '--json'])).stdout)).toEqual([
    { id: 18, active: true, accounts: [BOB] },
  ]);
});

it('removes users', async () => {
  const file = directoryPath({ ...STORED, users: { ...STORED.users, '19': { active: true, accounts: [] } } });

  expect(await call(users, file, ['remove', '18'])).toEqual({ code: 0, stdout: 'Removed: 18\n', stderr: '' });
  expect(Object.keys(storedIn(file).users)).toEqual(['19']);
  expect((await call(users, file, ['remove', '19', '--json'])).stdout).toBe(
    '{\n  "removed": [\n    19\n  ]\n}\n',
  );
  expect(storedIn(file).users).toEqual({});
});
