import { Secret } from '../../base/secret.ts';
import { DEFAULT_LOCALE } from '../protocol/versions/releases.ts';
import type { Account } from './accounts.ts';
import type { Figures } from './figures.ts';
import { STANDARD_FIGURES } from './figures.ts';
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
  readonly accounts: readonly Account[];
  readonly secretKeys: readonly SecretKey[];
  readonly server: ServerSettings;
  readonly figures: Figures;
  /** Packets that make the rest of it, once all else is there. */
  readonly packets: readonly string[];
}

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
      id: 1,
      login: DEFAULT_ADMIN.login,
      password: new Secret(DEFAULT_ADMIN.password),
      role: 'admin',
      ownerId: undefined,
      isSuspended: false,
      mayUseApi: true,
      name: '',
      email: '',
      phone: '',
      locale: DEFAULT_LOCALE,
    },
  ],
  secretKeys: [],
  server: settingsFrom(STANDARD_FIGURES, loginTimeout),
  figures: STANDARD_FIGURES,
  packets: [],
});
