import type { Clock } from '../../base/clock.ts';
import type { Ids } from '../../base/ids.ts';
import type { Log } from '../../base/log.ts';
import type { Protocol } from '../protocol/versions/protocols.ts';
import { spokenBy } from '../protocol/versions/protocols.ts';
import type { Release } from '../protocol/versions/release.ts';
import { releaseOf } from '../protocol/versions/releases.ts';
import type { Settings } from '../config.ts';
import type { Account } from './accounts.ts';
import { Accounts } from './accounts.ts';
import { Sessions } from './sessions.ts';
import { TimeFormat } from './time-format.ts';

/** One emulated server: how it behaves, what it knows, and where its time, chance and log come from. */
export interface Panel {
  readonly settings: Settings;
  readonly release: Release;
  /** The packet versions it speaks, the newest last. */
  readonly spoken: readonly Protocol[];
  readonly accounts: Accounts;
  readonly sessions: Sessions;
  /** How instants stand in answers. */
  readonly time: TimeFormat;
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** What a panel is given from outside. */
export interface PanelParts {
  readonly settings: Settings;
  /** The accounts that it starts with, and returns to. */
  readonly accounts: readonly Account[];
  readonly clock: Clock;
  readonly ids: Ids;
  readonly log: Log;
}

/** A panel with these accounts and no session. */
export function createPanel({ settings, accounts, clock, ids, log }: PanelParts): Panel {
  const release = releaseOf(settings.plesk);
  const idleTtl = settings.loginTimeout * 60_000;
  return {
    settings,
    release,
    spoken: spokenBy(release),
    accounts: new Accounts(accounts),
    sessions: new Sessions({
      idleTtl,
      tokenTtl: settings.tokenTtl === undefined ? idleTtl : settings.tokenTtl * 1000,
    }),
    time: new TimeFormat(settings.timeZone),
    clock,
    ids,
    log,
  };
}
