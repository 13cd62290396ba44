import type { Clock } from '../../base/clock.ts';
import type { Ids } from '../../base/ids.ts';
import type { Log } from '../../base/log.ts';
import type { Protocol } from '../protocol/versions/protocols.ts';
import { spokenBy } from '../protocol/versions/protocols.ts';
import type { Release } from '../protocol/versions/release.ts';
import { releaseOf } from '../protocol/versions/releases.ts';
import type { Settings } from '../config.ts';
import { Accounts } from './accounts.ts';
import type { Figures } from './figures.ts';
import { Lockout } from './lockout.ts';
import { SecretKeys } from './secret-keys.ts';
import type { SeedState } from './seed-state.ts';
import { PanelSettings } from './server-settings.ts';
import { Sessions } from './sessions.ts';
import { TimeFormat } from './time-format.ts';

/** One emulated server: how it behaves, what it knows, and where its time, chance and log come from. */
export interface Panel {
  readonly settings: Settings;
  readonly release: Release;
  /** The packet versions it speaks, the newest last. */
  readonly spoken: readonly Protocol[];
  readonly accounts: Accounts;
  readonly secretKeys: SecretKeys;
  /** What server/set changes. */
  readonly server: PanelSettings;
  /** What server/get tells besides. */
  readonly figures: Figures;
  readonly sessions: Sessions;
  readonly lockout: Lockout;
  /** When it was made, in milliseconds. */
  readonly startedAt: number;
  /** How instants stand in answers. */
  readonly time: TimeFormat;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** What a panel is given from outside. */
export interface PanelParts {
  readonly settings: Settings;
  /** What it starts with, and returns to. */
  readonly seed: SeedState;
  /** Called on every change of what outlives the process: accounts, keys, settings. */
  readonly changed?: () => void;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** A panel as its seed has it, without any session. */
export function createPanel({ settings, seed, changed, clock, ids, log }: PanelParts): Panel {
  const release = releaseOf(settings.plesk);
  const { tokenTtl, lockoutAttempts: attempts, lockoutMinutes } = settings;
  const sessions = new Sessions({
    idleTtl: seed.server.loginTimeout * MINUTE,
    tokenTtl: tokenTtl === undefined ? undefined : tokenTtl * 1000,
  });
  const server = new PanelSettings(seed.server, ({ loginTimeout }) => {
    sessions.idleTtl = loginTimeout * MINUTE;
    changed?.();
  });
  return {
    settings,
    release,
    spoken: spokenBy(release),
    accounts: new Accounts(seed.accounts, changed),
    secretKeys: new SecretKeys(seed.secretKeys, changed),
    server,
    figures: seed.figures,
    sessions,
    lockout: new Lockout(
      attempts === undefined ? undefined : { attempts, duration: lockoutMinutes * MINUTE },
    ),
    startedAt: clock.now(),
    time: new TimeFormat(settings.timeZone),
    clock,
    ids,
    log,
  };
}

/** Back to the seed, without any session; costs what has changed. */
export function resetPanel({ accounts, secretKeys, server, sessions, lockout }: Panel): void {
  accounts.reset();
  secretKeys.reset();
  server.reset();
  sessions.reset();
  lockout.reset();
}

const MINUTE = 60_000;
