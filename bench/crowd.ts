import type { SeedInput } from '../server/emulator.ts';
import { guidOfLogin } from '../server/state/account.ts';

/** A customer of a crowd, by all that finds it. */
export interface Member {
  readonly id: number;
  readonly login: string;
  readonly guid: string;
  readonly externalId: string;
}

/** The customers of this reseller, and of the other: as many in every crowd. */
export const SMALL = { login: 'small', customers: 3 } as const;
export const TEN = { login: 'ten', customers: 10 } as const;

const RESELLERS = 100;
const PASSWORD = 'crowded1Q**';
/** The administrator, the resellers, and the customers of the two. */
const BEFORE = 1 + RESELLERS + 2 + SMALL.customers + TEN.customers;

export const resellerAt = (index: number): string => `reseller${index % RESELLERS}`;

/** So many customers: half of them the administrator's, the others spread over a hundred resellers. */
export function crowd(customers: number): SeedInput {
  const of = (login: string, owner?: string): NonNullable<SeedInput['accounts']>[number] => ({
    login,
    password: PASSWORD,
    role: 'customer',
    name: `Somebody called ${login}`,
    company: 'Example Ltd',
    email: `${login}@example.com`,
    externalId: externalIdOf(login),
    ...(owner === undefined ? {} : { owner }),
  });
  const owned = ({ login, customers: count }: typeof SMALL | typeof TEN): ReturnType<typeof of>[] =>
    Array.from({ length: count }, (_, index) => of(`${login}${index}`, login));
  const resellers = [
    ...Array.from({ length: RESELLERS }, (_, index) => resellerAt(index)),
    SMALL.login,
    TEN.login,
  ];
  return {
    accounts: [
      { login: 'admin', password: PASSWORD, role: 'admin', name: 'Administrator' },
      ...resellers.map((login) => ({ login, password: PASSWORD, role: 'reseller' as const, name: login })),
      ...owned(SMALL),
      ...owned(TEN),
      ...Array.from({ length: customers }, (_, index) =>
        of(loginAt(index), index % 2 === 0 ? undefined : resellerAt(index >> 1)),
      ),
    ],
  };
}

/** One of so many customers; those of neighbouring numbers are not neighbours. */
export function memberAt(number: number, customers: number): Member {
  const index = (number * STRIDE) % customers;
  const login = loginAt(index);
  return {
    id: BEFORE + 1 + index,
    login,
    guid: guidOfLogin(login),
    externalId: externalIdOf(login),
  };
}

const STRIDE = 7919;
const loginAt = (index: number): string => `customer${index}`;
const externalIdOf = (login: string): string => `whmcs-${login}`;
