import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Log } from '../../base/log.ts';
import { silentLog } from '../../base/log.ts';
import { checkSettings } from '../../server/config.ts';
import type { Panel } from '../../server/state/panel.ts';
import { createPanel, viewSeed } from '../../server/state/panel.ts';
import type { SeedInput } from '../../server/state/seed/seed.ts';
import { seedState } from '../../server/state/seed/seed.ts';
import type { Store } from '../../server/state/file/store.ts';
import type { StateView } from '../../server/state/versioned.ts';
import { openStore } from '../../server/state/file/store.ts';
import { testClock } from './clock.ts';
import { countingIds } from './emulator.ts';

/** A folder of one test. */
export function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'state-'));
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true });
  });
  return path;
}

/** The path of a state file in a folder of its own; there is no file without a content. */
export function statePath(content?: string | Uint8Array): string {
  const path = join(folder(), 'state.json');
  if (content !== undefined) writeFileSync(path, content);
  return path;
}

/** A panel whose state is kept in a file. */
export interface Kept {
  readonly panel: Panel;
  readonly store: Store;
  /** What it started with, before the file was read. */
  readonly seed: StateView;
}

const ACCOUNTS: NonNullable<SeedInput['accounts']> = [
  { login: 'rita', password: 'reseller1Q**', role: 'reseller', remoteApi: false },
  { login: 'carl', password: 'customer1Q**', role: 'customer', owner: 'rita', name: 'Carl' },
  { login: 'sam', password: 'customer1Q**', role: 'customer', status: 'suspended' },
];

/** Starts a panel with a few accounts, or with these, and opens its state file; it is closed when the test ends. */
export async function openPanel(
  path: string,
  {
    accounts = ACCOUNTS,
    log = silentLog,
  }: { readonly accounts?: SeedInput['accounts']; readonly log?: Log } = {},
): Promise<Kept> {
  const settings = checkSettings({});
  let store: Store | undefined = undefined;
  const panel = createPanel({
    settings,
    seed: seedState({ accounts }, settings),
    changed: () => store?.changed(),
    clock: testClock(),
    ids: countingIds(),
    log,
  });
  const seed = viewSeed(panel);
  const opened = await openStore(path, panel);
  store = opened;
  // What a test has broken may stay broken.
  onTestFinished(() => opened.close().catch(() => undefined));
  return { panel, store, seed };
}
