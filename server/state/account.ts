import { digestOf } from '../../base/secret.ts';
import type { Secret } from '../../base/secret.ts';
import type { ResellerTerms } from './reseller-terms.ts';

/** Who may log in to the panel. Records are never changed, only replaced. */
export interface Account extends Contact {
  readonly id: number;
  readonly login: string;
  readonly password: Secret;
  readonly role: Role;
  /** The account that it belongs to; the administrator belongs to nobody. */
  readonly ownerId: number | undefined;
  /** 8-4-4-4-12 lower-case hex digits. */
  readonly guid: string;
  /** What a billing system calls it; several may share one, and an empty text is none. */
  readonly externalId: string;
  /** The status bits of its own, of `STATUS`; what its owner's status adds is `Accounts.statusOf`. */
  readonly status: number;
  /** In milliseconds. */
  readonly createdAt: number;
  readonly locale: string;
  /** What a reseller may do and use; nobody else has any. */
  readonly terms: ResellerTerms | undefined;
}

/** The contact data of an account, each a text that may be empty. */
export interface Contact {
  /** Of the person; the wire's `pname`. */
  readonly name: string;
  /** The wire's `cname`. */
  readonly company: string;
  readonly phone: string;
  readonly fax: string;
  readonly email: string;
  readonly address: string;
  readonly city: string;
  readonly state: string;
  /** The wire's `pcode`. */
  readonly postcode: string;
  /** Two upper-case letters. */
  readonly country: string;
  readonly description: string;
}

export type Role = 'admin' | 'reseller' | 'customer';

/** Contact data of which nothing is known. */
export const NO_CONTACT: Contact = {
  name: '',
  company: '',
  phone: '',
  fax: '',
  email: '',
  address: '',
  city: '',
  state: '',
  postcode: '',
  country: '',
  description: '',
};

/** The bits of a status (plesk.com knowledge base 213902805); 0 is active. */
export const STATUS = {
  suspended: 1,
  withOwner: 2,
  inBackup: 4,
  webOff: 8,
  byAdministrator: 16,
  byReseller: 32,
  byCustomer: 64,
  expired: 256,
} as const;

/** Whether nobody gets in with a status. */
export const isLocked = (status: number): boolean => (status & LOCKING) !== 0;

const LOCKING =
  STATUS.suspended |
  STATUS.withOwner |
  STATUS.byAdministrator |
  STATUS.byReseller |
  STATUS.byCustomer |
  STATUS.expired;

/** A new guid from 32 hex digits: a random one, version 4 of RFC 9562. */
export const guidFrom = (hex: string): string =>
  hex.replace(
    /^(.{8})(.{4}).(.{3})(.)(.{3})(.{12})$/,
    (_, a: string, b: string, c: string, variant: string, d: string, e: string) =>
      `${a}-${b}-4${c}-${VARIANTS.charAt(Number.parseInt(variant, 16) % 4)}${d}-${e}`,
  );

const VARIANTS = '89ab';

/** The guid of an account that nobody has given one: the same for the same login, in each run. */
export const guidOfLogin = (login: string): string => guidFrom(digestOf(`account ${login}`).slice(0, 32));
