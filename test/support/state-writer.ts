// A program that is to be killed: it keeps a panel in the file that it is given, and changes it without an end.
import { setImmediate } from 'node:timers/promises';
import { systemClock } from '../../base/clock.ts';
import { randomIds } from '../../base/ids.ts';
import { silentLog } from '../../base/log.ts';
import { checkSettings } from '../../server/config.ts';
import { createPanel } from '../../server/state/panel.ts';
import { seedState } from '../../server/state/seed/seed.ts';
import type { Store } from '../../server/state/file/store.ts';
import { openStore } from '../../server/state/file/store.ts';
import { customers, mark } from './marks.ts';

let store: Store | undefined = undefined;
const settings = checkSettings({});
const panel = createPanel({
  settings,
  seed: seedState({ accounts: customers(5000) }, settings),
  changed: () => store?.changed(),
  clock: systemClock,
  ids: randomIds,
  log: silentLog,
});
store = await openStore(process.argv[2] ?? '', panel);
process.send?.('started');
for (let count = Number(panel.accounts.get(1)?.name); ; count += 1) {
  mark(panel, String(count));
  await setImmediate();
}
