import { SeededIds } from '../../base/ids.ts';
import type { Settings } from '../config.ts';
import type { Panel } from '../state/panel.ts';
import { viewPanel, viewSeed } from '../state/panel.ts';
import type { StateView } from '../state/versioned.ts';
import { viewOfAll } from '../state/versioned.ts';
import { ControlledClock } from './clock.ts';
import { Faults } from './faults.ts';
import { isUnexpected } from './is-unexpected.ts';
import type { Kept } from './journal.ts';
import { Journal } from './journal.ts';
import type { CallName } from './routes.ts';
import { Snapshots } from './snapshots.ts';

/** What a test holds of one emulator, beside the Plesk that it plays. */
export interface Control {
  readonly panel: Panel;
  /** Those of the start. */
  readonly settings: Settings;
  readonly clock: ControlledClock;
  readonly journal: Journal;
  readonly faults: Faults;
  readonly snapshots: Snapshots;
  /** What came and may not have, where `unexpected` is `fail`: it outlives the ring and a rollback. */
  readonly unexpected: Kept[];
  /** Aborted when the emulator closes. */
  readonly closed: AbortSignal;
  /** Told after each call that may have changed something. */
  readonly listeners: Set<(call: CallName) => void>;
  /** Back to what it is now, as often as one likes; costs what has changed. */
  reset(): void;
  /** Makes what the panel is now the seed, without its sessions. */
  seeded(): void;
}

/** More than that nobody reads. */
const MOST = 1000;

/** The control of a panel that was just made; what the panel is now is what a reset leads back to. */
export function createControl(panel: Panel, closed: AbortSignal = new AbortController().signal): Control {
  const clock = panel.clock instanceof ControlledClock ? panel.clock : new ControlledClock(panel.clock);
  const journal = new Journal(panel.settings.journal);
  const faults = new Faults();
  const unexpected: Kept[] = [];
  if (panel.settings.unexpected === 'fail') {
    journal.listen((kept) => {
      const isKnown = unexpected.some(({ id }) => id === kept.id);
      if (unexpected.length < MOST && !isKnown && isUnexpected(kept.arrival)) unexpected.push(kept);
    });
  }
  let seed = viewOfAll([viewSeed(panel), viewOfIds(panel)]);
  const view = (): StateView =>
    viewOfAll([viewPanel(panel), viewOfIds(panel), clock.view(), faults.view(), journal.view()]);
  return {
    panel,
    settings: panel.settings,
    clock,
    journal,
    faults,
    snapshots: new Snapshots(view),
    unexpected,
    closed,
    listeners: new Set(),
    reset: () => {
      seed.restore();
      clock.reset();
      faults.reset();
      journal.forget();
      unexpected.length = 0;
    },
    seeded: () => {
      seed.close();
      seed = viewOfAll([viewSeed(panel), viewOfIds(panel)]);
    },
  };
}

/** Ids from a seed come again; others never do. */
function viewOfIds({ ids }: Panel): StateView {
  const made = ids instanceof SeededIds ? ids.made : 0;
  return {
    restore: () => {
      if (ids instanceof SeededIds) ids.made = made;
    },
    close: () => undefined,
  };
}
