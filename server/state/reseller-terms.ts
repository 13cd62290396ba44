/** What a reseller may do and use. A record is never changed, only replaced. */
export interface ResellerTerms {
  readonly powerUser: boolean;
  readonly oversell: boolean;
  /** What happens to who uses more than granted; the wire's own word, `normal` unless set. */
  readonly overuse: string;
  /** By the wire's name, those that were set, as decimal numbers; `-1` is unlimited, and so is what is not here. */
  readonly limits: Readonly<Record<string, string>>;
  /** By the wire's name, those that were set; what is not here is not permitted. */
  readonly permissions: Readonly<Record<string, boolean>>;
  readonly pool: readonly PoolAddress[];
}

/** An address that a reseller may give to customers. */
export interface PoolAddress {
  /** In normal form. */
  readonly address: string;
  readonly type: AddressType;
}

export type AddressType = 'shared' | 'exclusive';

/** Of a reseller who was given nothing. */
export const NO_TERMS: ResellerTerms = {
  powerUser: false,
  oversell: false,
  overuse: 'normal',
  limits: {},
  permissions: {},
  pool: [],
};

/** Whether a reseller may use the remote API. */
export const REMOTE_API = 'remote_access_interface';

/** Whether a reseller may have customers of its own making. */
export const CREATE_CLIENTS = 'create_clients';

interface Granted {
  readonly terms: ResellerTerms | undefined;
}

/** Whether an account may do what only resellers can be kept from. */
export const isPermitted = ({ terms }: Granted, permission: string): boolean =>
  terms === undefined || terms.permissions[permission] === true;

/** How much of something an account may have; `undefined` where nothing limits it. */
export function limitOf({ terms }: Granted, name: string): number | undefined {
  const limit = Number(terms?.limits[name] ?? -1);
  return limit < 0 ? undefined : limit;
}
