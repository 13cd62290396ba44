import type { Clock } from '../../base/clock.ts';
import type { Ids } from '../../base/ids.ts';
import type { Log } from '../../base/log.ts';
import type { Protocol } from '../protocol/versions/protocols.ts';
import { spokenBy } from '../protocol/versions/protocols.ts';
import type { Release } from '../protocol/versions/release.ts';
import { releaseOf } from '../protocol/versions/releases.ts';
import type { Settings } from '../config.ts';
import { Accounts } from './accounts.ts';
import type { SomeFigures } from './figures.ts';
import type { LockoutPolicy } from './lockout.ts';
import { Lockout } from './lockout.ts';
import { SecretKeys } from './secret-keys.ts';
import type { SeedState } from './seed-state.ts';
import { accountsAt } from './seed-state.ts';
import { PanelSettings } from './server-settings.ts';
import { Sessions } from './sessions.ts';
import { TimeFormat } from './time-format.ts';
import type { StateView } from './versioned.ts';
import { viewOfAll } from './versioned.ts';

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
  /** What server/get tells differently from a fresh server of the release. */
  readonly figures: SomeFigures;
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
  const accounts = new Accounts(accountsAt(seed.accounts, clock.now()), changed);
  const sessions = new Sessions({
    holderOf: (id) => accounts.get(id),
    idleTtl: seed.server.loginTimeout * MINUTE,
    tokenTtl: tokenLifeOf(settings),
  });
  const server = new PanelSettings(seed.server, ({ loginTimeout }) => {
    sessions.idleTtl = loginTimeout * MINUTE;
    changed?.();
  });
  return {
    ...behaviourOf(settings),
    accounts,
    secretKeys: new SecretKeys(seed.secretKeys, changed),
    server,
    figures: seed.figures,
    sessions,
    lockout: new Lockout(lockoutOf(settings)),
    startedAt: clock.now(),
    clock,
    ids,
    log,
  };
}

/** What follows from the settings alone. */
const behaviourOf = (settings: Settings): Pick<Panel, 'settings' | 'release' | 'spoken' | 'time'> => {
  const release = releaseOf(settings.plesk);
  return { settings, release, spoken: spokenBy(release), time: new TimeFormat(settings.timeZone) };
};

const tokenLifeOf = ({ tokenTtl }: Settings): number | undefined =>
  tokenTtl === undefined ? undefined : tokenTtl * 1000;

const lockoutOf = ({ lockoutAttempts: attempts, lockoutMinutes }: Settings): LockoutPolicy | undefined =>
  attempts === undefined ? undefined : { attempts, duration: lockoutMinutes * MINUTE };

/** Makes a panel behave by other settings from the next request on; accounts, keys and sessions stay. */
export function changeSettings(panel: Panel, settings: Settings): void {
  Object.assign(panel, behaviourOf(settings));
  panel.sessions.tokenTtl = tokenLifeOf(settings);
  panel.lockout.policy = lockoutOf(settings);
}

/** Takes a seed in place of all accounts, keys, settings of the panel and figures; no session stays. */
export function putSeed(panel: Panel, seed: SeedState): void {
  const { accounts, secretKeys, server, sessions, lockout, clock } = panel;
  accounts.replaceAll(accountsAt(seed.accounts, clock.now()));
  secretKeys.replaceAll(seed.secretKeys);
  server.change(seed.server);
  Object.assign(panel, { figures: seed.figures });
  sessions.clear();
  lockout.clear();
}

/** A panel as it is now, with its sessions and settings. */
export function viewPanel(panel: Panel): StateView {
  const { settings, figures, accounts, secretKeys, server, sessions, lockout } = panel;
  const state = viewOfAll([accounts, secretKeys, server, sessions, lockout].map((part) => part.view()));
  return {
    restore: () => {
      changeSettings(panel, settings);
      Object.assign(panel, { figures });
      state.restore();
    },
    close: state.close,
  };
}

/** A panel without its sessions, which come and go too often to be remembered all the time. */
export function viewSeed(panel: Panel): StateView {
  const { settings, figures, accounts, secretKeys, server } = panel;
  const state = viewOfAll([accounts, secretKeys, server].map((part) => part.view()));
  return {
    restore: () => {
      changeSettings(panel, settings);
      Object.assign(panel, { figures });
      state.restore();
      panel.sessions.clear();
      panel.lockout.clear();
    },
    close: state.close,
  };
}

const MINUTE = 60_000;
