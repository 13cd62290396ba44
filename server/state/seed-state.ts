import { Secret } from '../../base/secret.ts';
import { DEFAULT_LOCALE } from '../protocol/versions/releases.ts';
import type { Account } from './account.ts';
import { guidOfLogin, NO_CONTACT } from './account.ts';
import type { SomeFigures } from './figures.ts';
import type { SecretKey } from './secret-keys.ts';
import type { ServerSettings } from './server-settings.ts';
import { settingsFrom } from './server-settings.ts';

/** The login of the administrator, who is always there. */
export const ADMIN = 'admin';

/** The administrator of a fresh Plesk, with the password of Plesk's own test image. */
export const DEFAULT_ADMIN = { login: ADMIN, password: 'changeme1Q**' } as const;

/** What a panel starts with, and returns to. */
export interface SeedState {
  /** The administrator first. */
  readonly accounts: readonly SeededAccount[];
  readonly secretKeys: readonly SecretKey[];
  readonly server: ServerSettings;
  /** What server/get tells differently from a fresh server of the release. */
  readonly figures: SomeFigures;
  /** Packets that make the rest of it, once all else is there. */
  readonly packets: readonly string[];
}

/** An account of a seed; where nothing says when it was made, it is made with the panel. */
export type SeededAccount = Omit<Account, 'createdAt'> & { readonly createdAt: number | undefined };

/** The accounts of a seed that a panel takes at an instant. */
export const accountsAt = (accounts: readonly SeededAccount[], now: number): readonly Account[] =>
  accounts.map((account) => ({ ...account, createdAt: account.createdAt ?? now }));

/** A seed that cannot be used, every field that is wrong named by its path. */
export class SeedError extends Error {
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`The seed is wrong:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
    this.name = 'SeedError';
    this.mistakes = mistakes;
  }
}

/** What a panel without a seed starts with: the administrator alone. */
export const freshState = ({ loginTimeout }: { readonly loginTimeout: number }): SeedState => ({
  accounts: [
    {
      ...NO_CONTACT,
      id: 1,
      login: DEFAULT_ADMIN.login,
      password: new Secret(DEFAULT_ADMIN.password),
      role: 'admin',
      ownerId: undefined,
      guid: guidOfLogin(DEFAULT_ADMIN.login),
      externalId: '',
      status: 0,
      createdAt: undefined,
      locale: DEFAULT_LOCALE,
      terms: undefined,
    },
  ],
  secretKeys: [],
  server: settingsFrom({}, loginTimeout),
  figures: {},
  packets: [],
});
