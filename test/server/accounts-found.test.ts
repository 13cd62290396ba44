import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { Secret } from '../../base/secret.ts';
import type { Account } from '../../server/state/account.ts';
import { isLocked, NO_CONTACT, STATUS } from '../../server/state/account.ts';
import { Accounts } from '../../server/state/accounts.ts';
import { IndexOf } from '../../server/state/index-of.ts';
import { SecretKeys } from '../../server/state/secret-keys.ts';

type Stuff = Pick<Account, 'guid' | 'externalId' | 'role' | 'locale' | 'ownerId' | 'status'>;

const LOGINS = ['a', 'b', 'c', 'd', 'e', '__proto__'];
const GUIDS = ['g1', 'g2', '__proto__'];
const EXTERNAL_IDS = ['', 'x1', 'x2', 'constructor'];
const ROLES = ['admin', 'reseller', 'customer'] as const;
const LOCALES = ['en-US', 'de-DE'];
/** More than can be there. */
const IDS = Array.from({ length: 40 }, (_, index) => index);

const stuff = fc.record<Stuff>({
  guid: fc.constantFrom(...GUIDS),
  externalId: fc.constantFrom(...EXTERNAL_IDS),
  role: fc.constantFrom(...ROLES),
  locale: fc.constantFrom(...LOCALES),
  ownerId: fc.option(fc.integer({ min: 1, max: 6 }), { nil: undefined }),
  status: fc.constantFrom(0, STATUS.suspended, STATUS.byAdministrator, STATUS.inBackup),
});
const login = fc.constantFrom(...LOGINS);
const accountOf = (id: number, name: string, more: Stuff): Account => ({
  ...NO_CONTACT,
  ...more,
  id,
  login: name,
  password: new Secret('x'),
  createdAt: 0,
  terms: undefined,
});

/** Accounts with logins that differ, as a seed or a state file has them. */
const several = fc
  .uniqueArray(fc.record({ id: fc.integer({ min: 1, max: 8 }), login, stuff }), {
    selector: ({ login: name }) => name,
  })
  .map((rows) => [
    ...new Map(rows.map(({ id, login: name, stuff: more }) => [id, accountOf(id, name, more)])).values(),
  ]);

const step = fc.oneof(
  { weight: 4, arbitrary: fc.record({ does: fc.constant('add' as const), login, stuff }) },
  {
    weight: 4,
    arbitrary: fc.record({
      does: fc.constant('update' as const),
      at: fc.nat(9),
      login: fc.option(login, { nil: undefined }),
      stuff: fc.oneof(stuff, fc.constant({})),
    }),
  },
  { weight: 2, arbitrary: fc.record({ does: fc.constant('remove' as const), at: fc.nat(9) }) },
  fc.record({ does: fc.constant('swap' as const), at: fc.nat(9), other: fc.nat(9) }),
  fc.record({ does: fc.constant('replaceAll' as const), accounts: several }),
  fc.record({ does: fc.constant('mark' as const) }),
  fc.record({ does: fc.constantFrom('restore' as const, 'close' as const), at: fc.nat(3) }),
);

/** Everything that can be asked of accounts. */
const answersOf = (accounts: Accounts): unknown => ({
  size: accounts.size,
  byId: IDS.map((id) => accounts.get(id)?.id),
  byLogin: LOGINS.map((name) => accounts.byLogin(name)?.id),
  byGuid: GUIDS.map((guid) => accounts.by('guid', guid).map(({ id }) => id)),
  byExternalId: EXTERNAL_IDS.map((text) =>
    ROLES.map((role) => [
      accounts.byExternalId(role, text).map(({ id }) => id),
      accounts.oneByExternalId(role, text) !== undefined,
    ]),
  ),
  customers: IDS.map((id) => accounts.by('owner', id).map((one) => one.id)),
  customerCounts: IDS.map((id) => accounts.count('owner', id)),
  ofRole: ROLES.map((role) => accounts.by('role', role).map(({ id }) => id)),
  roleCounts: ROLES.map((role) => accounts.count('role', role)),
  localeCounts: LOCALES.map((locale) => accounts.count('locale', locale)),
  statuses: [...accounts.all()]
    .map((one) => [one.id, accounts.statusOf(one), accounts.isSuspended(one)])
    .sort(byFirst),
});

const byFirst = ([one]: unknown[], [other]: unknown[]): number => Number(one) - Number(other);

/** The same of a plain list, by walking over it. */
function expectedOf(list: readonly Account[]): unknown {
  const sorted = [...list].sort((one, other) => one.id - other.id);
  const idsOf = (holds: (account: Account) => boolean): readonly number[] =>
    sorted.filter(holds).map(({ id }) => id);
  const customersOf = (owner: number): readonly number[] =>
    idsOf(({ role, ownerId }) => role === 'customer' && ownerId === owner);
  const statusOf = ({ status, ownerId }: Account): number => {
    const owner = sorted.find(({ id }) => id === ownerId);
    return owner?.role === 'reseller' && isLocked(owner.status) ? status | STATUS.withOwner : status;
  };
  return {
    size: sorted.length,
    byId: IDS.map((id) => sorted.find((one) => one.id === id)?.id),
    byLogin: LOGINS.map((name) => sorted.find((one) => one.login === name)?.id),
    byGuid: GUIDS.map((guid) => idsOf((one) => one.guid === guid)),
    byExternalId: EXTERNAL_IDS.map((text) =>
      ROLES.map((role) => {
        const ids = idsOf((one) => text !== '' && one.role === role && one.externalId === text);
        return [ids, ids.length > 0];
      }),
    ),
    customers: IDS.map(customersOf),
    customerCounts: IDS.map((id) => customersOf(id).length),
    ofRole: ROLES.map((role) => idsOf((one) => one.role === role)),
    roleCounts: ROLES.map((role) => idsOf((one) => one.role === role).length),
    localeCounts: LOCALES.map((locale) => idsOf((one) => one.locale === locale).length),
    statuses: sorted.map((one) => [one.id, statusOf(one), isLocked(statusOf(one))]),
  };
}

it('finds accounts as a walk over all of them would, whatever has come, gone, changed and been gone back to', () => {
  fc.assert(
    fc.property(several, fc.array(step, { maxLength: 40 }), (seeded, steps) => {
      const accounts = new Accounts(seeded);
      let list: readonly Account[] = seeded;
      let last = Math.max(0, ...seeded.map(({ id }) => id));
      const marks: {
        readonly view: ReturnType<Accounts['view']>;
        readonly list: readonly Account[];
        readonly last: number;
      }[] = [];
      const pick = (at: number): Account | undefined => list[at % Math.max(1, list.length)];
      const put = (changed: Account): void => {
        accounts.update(changed.id, changed);
        list = list.map((one) => (one.id === changed.id ? changed : one));
      };
      const isFree = (name: string): boolean => list.every((one) => one.login !== name);
      for (const one of steps) {
        if (one.does === 'add' && isFree(one.login)) {
          last += 1;
          const added = accountOf(last, one.login, one.stuff);
          expect(accounts.add(added).id).toBe(last);
          list = [...list, added];
        } else if (one.does === 'update') {
          const found = pick(one.at);
          const name = one.login !== undefined && isFree(one.login) ? { login: one.login } : {};
          if (found !== undefined) put({ ...found, ...one.stuff, ...name });
        } else if (one.does === 'remove') {
          const found = pick(one.at);
          if (found !== undefined) accounts.remove(found);
          list = list.filter(({ id }) => id !== found?.id);
        } else if (one.does === 'swap') {
          const [a, b] = [pick(one.at), pick(one.other)];
          if (a === undefined || b === undefined || a.id === b.id) continue;
          // In one go, as a list of accounts takes the place of another.
          list = list.map((of) =>
            of.id === a.id ? { ...of, login: b.login } : of.id === b.id ? { ...of, login: a.login } : of,
          );
          accounts.replaceAll(list);
          last = Math.max(last, ...list.map(({ id }) => id));
        } else if (one.does === 'replaceAll') {
          accounts.replaceAll(one.accounts);
          list = one.accounts;
          last = Math.max(last, ...list.map(({ id }) => id));
        } else if (one.does === 'mark') marks.push({ view: accounts.view(), list, last });
        else if (one.does === 'restore' || one.does === 'close') {
          const [mark] = marks.length === 0 ? [] : marks.slice(one.at % marks.length);
          if (mark === undefined) continue;
          if (one.does === 'restore') {
            mark.view.restore();
            ({ list, last } = mark);
          } else {
            mark.view.close();
            marks.splice(marks.indexOf(mark), 1);
          }
        }
        expect(answersOf(accounts)).toEqual(expectedOf(list));
      }
    }),
    { numRuns: 300 },
  );
});

it('finds a login that two accounts have swapped, one after the other', () => {
  const base = { guid: '', externalId: '', role: 'customer', locale: '', ownerId: 1, status: 0 } as const;
  const accounts = new Accounts([accountOf(1, 'a', base), accountOf(2, 'b', base)]);
  const before = accounts.view();

  accounts.update(1, { login: 'swapping' });
  accounts.update(2, { login: 'a' });
  accounts.update(1, { login: 'b' });

  expect([accounts.byLogin('a')?.id, accounts.byLogin('b')?.id]).toEqual([2, 1]);
  expect(accounts.byLogin('swapping')).toBeUndefined();
  before.restore();
  expect([accounts.byLogin('a')?.id, accounts.byLogin('b')?.id]).toEqual([1, 2]);
});

it('changes nothing of an account that is not there', () => {
  const accounts = new Accounts([]);

  accounts.update(7, { login: 'x' });

  expect([accounts.size, accounts.byLogin('x')]).toEqual([0, undefined]);
});

it('finds each record by its value, and none whose value is undefined', () => {
  interface R {
    readonly id: number;
    readonly value: string | undefined;
  }
  const value = fc.option(fc.constantFrom('x', 'y', ''), { nil: undefined });
  const changes = fc.array(fc.record({ id: fc.nat(5), value: fc.option(value, { nil: 'gone' as const }) }));
  fc.assert(
    fc.property(changes, (all) => {
      const index = new IndexOf(({ value: own }: R) => own);
      const records = new Map<number, R>();
      for (const { id, value: next } of all) {
        const before = records.get(id);
        const after = next === 'gone' ? undefined : { id, value: next };
        if (before === undefined && after === undefined) continue;
        index.replace(before, after);
        if (after === undefined) records.delete(id);
        else records.set(id, after);
        for (const asked of ['x', 'y', '', 'z']) {
          const expected = [...records.values()].filter((one) => one.value === asked).map((one) => one.id);
          expect([...index.of(asked)].sort()).toEqual(expected.sort());
          expect(index.count(asked)).toBe(expected.length);
          expect([undefined, ...expected]).toContain(index.one(asked));
          expect(index.one(asked) === undefined).toBe(expected.length === 0);
        }
      }
    }),
  );
});

it('finds secret keys by themselves, their ids and their accounts, after a rollback too', () => {
  const keyOf = (key: string, id: string, accountId: number) => ({
    ...{ key: new Secret(key), id, accountId, addresses: [], description: '' },
  });
  const keys = new SecretKeys([keyOf('one', '1', 1), keyOf('two', '2', 2)]);
  const idsOf = (accountId: number): readonly string[] =>
    keys
      .by('account', accountId)
      .map(({ id }) => id)
      .sort();
  const before = keys.view();

  const [first] = keys.by('account', 1);
  if (first !== undefined) keys.remove(first);
  keys.put(keyOf('three', '3', 2));

  expect([idsOf(1), idsOf(2), idsOf(3)]).toEqual([[], ['2', '3'], []]);
  expect([keys.byKey('one'), keys.get('1')]).toEqual([undefined, undefined]);
  expect(keys.byKey('three')?.id).toBe('3');

  before.restore();

  expect([idsOf(1), idsOf(2)]).toEqual([['1'], ['2']]);
  expect(keys.get('1')?.key.reveal()).toBe('one');
  expect([keys.byKey('three'), keys.get('3')]).toEqual([undefined, undefined]);

  keys.replaceAll([keyOf('two', '2', 5)]);
  expect([idsOf(1), idsOf(2), idsOf(5)]).toEqual([[], [], ['2']]);
});
