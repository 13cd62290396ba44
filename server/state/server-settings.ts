import type { Account } from './account.ts';
import type { SomeFigures } from './figures.ts';
import type { AddressType } from './reseller-terms.ts';
import type { StateView } from './versioned.ts';

/** What packets change of the panel itself. A record is never changed, only replaced. */
export interface ServerSettings {
  /** Minutes after which a session that is not used ends. */
  readonly loginTimeout: number;
  /** Whether several browsers may be in as administrator at once. */
  readonly adminMultipleSessions: boolean;
  readonly externalId: string | undefined;
  readonly mode: 'standard' | 'poweruser';
  /** The administrator's contact data beyond those of every account, by element: `admin_cname`, `admin_city`. */
  readonly admin: Readonly<Record<string, string>>;
  /** The general preferences that differ from those of a fresh server, by element. */
  readonly prefs: Readonly<Record<string, string>>;
  /** The server's own addresses, in the order of their coming. */
  readonly addresses: readonly ServerAddress[];
  /** The languages that are installed and switched off. */
  readonly disabledLocales: readonly string[];
  /** What server/set_misc keeps, by name. */
  readonly misc: Readonly<Record<string, string>>;
  readonly domainRestriction: DomainRestriction;
}

/** The names of domains that nobody may have, in lower case, and whether that is in force. */
export interface DomainRestriction {
  readonly isOn: boolean;
  readonly names: readonly string[];
}

/** Of a server where nobody has restricted anything. */
export const NO_RESTRICTION: DomainRestriction = { isOn: false, names: [] };

/** An address of the server. */
export interface ServerAddress {
  /** In normal form. */
  readonly address: string;
  readonly netmask: string;
  readonly type: AddressType;
  readonly interface: string;
  /** One of them at the most. */
  readonly isDefault: boolean;
  /** By which the world knows it behind a translation of addresses; an empty text where it has none. */
  readonly publicAddress: string;
}

/** The one address of a server whose seed names none; of a range that documents use, so that nothing answers there. */
export const STANDARD_ADDRESSES: readonly ServerAddress[] = [
  {
    address: '192.0.2.10',
    netmask: '255.255.255.0',
    type: 'shared',
    interface: 'eth0',
    isDefault: true,
    publicAddress: '',
  },
];

/** What a seed may say of the server's addresses and languages. */
export type SeededSurroundings = Partial<Pick<ServerSettings, 'addresses' | 'disabledLocales'>>;

/** The settings of one panel, and whoever must hear of their change. */
export class PanelSettings {
  readonly #changed: (settings: ServerSettings) => void;
  #now: ServerSettings;

  /** With these settings to begin with; `changed` is called with the new ones on every change. */
  constructor(seeded: ServerSettings, changed: (settings: ServerSettings) => void) {
    this.#now = seeded;
    this.#changed = changed;
  }

  get now(): ServerSettings {
    return this.#now;
  }

  change(change: Partial<ServerSettings>): void {
    this.#now = { ...this.#now, ...change };
    this.#changed(this.#now);
  }

  view(): StateView {
    const was = this.#now;
    return {
      restore: () => {
        this.change(was);
      },
      close: () => undefined,
    };
  }
}

/** The settings that server/set changes, as a seed has them. */
export function settingsFrom(
  { gen_info, admin = {}, prefs = {}, session_setup }: SomeFigures,
  loginTimeout: number,
  { addresses = STANDARD_ADDRESSES, disabledLocales = [] }: SeededSurroundings = {},
): ServerSettings {
  const { admin_multiple_sessions: multiple, ...others } = admin;
  const contact = Object.entries(others).filter(([name]) => !(name in OF_ACCOUNT));
  return {
    loginTimeout: session_setup?.login_timeout ?? loginTimeout,
    adminMultipleSessions: multiple !== 'false' && multiple !== '0',
    externalId: gen_info?.['external-id'],
    mode: gen_info?.mode ?? 'standard',
    admin: textsOf(contact),
    prefs: textsOf(Object.entries(prefs)),
    addresses,
    disabledLocales,
    misc: {},
    domainRestriction: NO_RESTRICTION,
  };
}

/** What every account has, by the element of the dataset admin. */
const OF_ACCOUNT = {
  admin_pname: 'name',
  admin_phone: 'phone',
  admin_email: 'email',
  admin_locale: 'locale',
} as const satisfies Readonly<Record<string, keyof Account>>;

/** What the dataset admin of a seed changes of the administrator's account. */
export function administratorFrom({ admin = {} }: SomeFigures): Partial<Account> {
  const named = Object.entries(OF_ACCOUNT).map(([element, field]) => {
    const value = admin[element as keyof typeof OF_ACCOUNT];
    return value === undefined ? {} : { [field]: value };
  });
  return Object.assign({}, ...named) as Partial<Account>;
}

const textsOf = (pairs: readonly (readonly [string, string | undefined])[]): Record<string, string> =>
  Object.fromEntries(pairs.flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])));
