import { startTimer } from '../../base/timer.ts';
import type { Control } from './control.ts';
import { ControlError } from './control-error.ts';
import type { Entry } from './entry.ts';
import type { Kept } from './journal.ts';
import { maskOf } from './masking.ts';
import { pageOf } from './page.ts';
import { sentOf } from './sent.ts';
import { entryOf } from './show.ts';
import { summaryOf } from './summary.ts';
import type { WantedFields } from './wanted.ts';
import { missedBy } from './wanted.ts';

/** Where entries are looked for. */
type Searched = Pick<Control, 'journal' | 'snapshots'>;

/**
 * The entries that meet all conditions, oldest first; without `after` those since the latest mark. A ControlError where
 * there is no journal.
 */
export function findEntries(conditions: WantedFields, { journal, snapshots }: Searched): readonly Entry[] {
  if (!journal.isOn) throw NO_JOURNAL();
  const wanted = sinceMark(conditions, snapshots);
  const found: Entry[] = [];
  for (const kept of journal.all()) {
    if (missed(kept, wanted) === undefined) found.push(entryOf(kept));
  }
  return pageOf(wanted.last === undefined ? found : found.slice(-wanted.last), wanted, ({ id }) => id);
}

const sinceMark = (wanted: WantedFields, { markedEntry }: Control['snapshots']): WantedFields => ({
  ...wanted,
  after: wanted.after ?? markedEntry,
});

/** By what was sent, its secrets too. */
const missed = (kept: Kept, wanted: WantedFields): keyof WantedFields | undefined =>
  missedBy(entryOf(kept), wanted, wanted.values === undefined ? undefined : sentOf(kept.arrival));

const NO_JOURNAL = (): ControlError => new ControlError(409, ['the journal is off (setting journal is 0)']);

/**
 * The first entry that meets all conditions, there already or still to come; a ControlError after `timeout`
 * milliseconds, with what came instead.
 */
export async function waitForEntry(
  conditions: WantedFields,
  timeout: number,
  control: Searched & Pick<Control, 'closed'>,
  signal?: AbortSignal,
): Promise<Entry> {
  const { closed } = control;
  const wanted = sinceMark(conditions, control.snapshots);
  const [there] = findEntries(wanted, control);
  if (there !== undefined) return there;
  if (closed.aborted) throw CLOSED();
  return new Promise((resolve, reject) => {
    const stop = control.journal.listen((kept) => {
      if (missed(kept, wanted) !== undefined) return;
      end();
      resolve(entryOf(kept));
    });
    const timer = startTimer(timeout, () => {
      end();
      reject(
        new ControlError(409, [
          `waited ${timeout} ms for ${JSON.stringify(maskOf([]).value(conditions))}${insteadOf(wanted, control)}`,
        ]),
      );
    });
    const end = (): void => {
      stop();
      timer.stop();
      for (const one of [signal, closed]) one?.removeEventListener('abort', leave);
    };
    const leave = (): void => {
      end();
      reject(closed.aborted ? CLOSED() : new ControlError(409, ['nobody waits any more']));
    };
    for (const one of [signal, closed]) one?.addEventListener('abort', leave);
  });
}

const CLOSED = (): ControlError => new ControlError(409, ['the emulator was closed']);

/** What came in the place of something that did not: for messages that say why not. */
function insteadOf(wanted: WantedFields, { journal }: Searched): string {
  const came = [...journal.all()].filter(({ id }) => id > (wanted.after ?? 0));
  if (came.length === 0) return '; nothing came';
  const lines = came
    .slice(-SHOWN)
    .map((kept) => `  ${summaryOf(entryOf(kept))} (not the ${missed(kept, wanted) ?? 'order'})`);
  return `; what came instead:\n${lines.join('\n')}`;
}

const SHOWN = 10;
