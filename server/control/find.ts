import type { Control } from './control.ts';
import { ControlError } from './control-error.ts';
import type { Entry } from './entry.ts';
import { maskOf } from './masking.ts';
import { entryOf } from './show.ts';
import { summaryOf } from './summary.ts';
import type { WantedFields } from './wanted.ts';
import { missedBy } from './wanted.ts';

/** The entries that meet all conditions, oldest first; a ControlError where there is no journal. */
export function findEntries(wanted: WantedFields, { journal }: Pick<Control, 'journal'>): readonly Entry[] {
  if (!journal.isOn) throw NO_JOURNAL();
  const found: Entry[] = [];
  for (const kept of journal.all()) {
    const entry = entryOf(kept);
    if (missedBy(entry, wanted) === undefined) found.push(entry);
  }
  return wanted.last === undefined ? found : found.slice(-wanted.last);
}

const NO_JOURNAL = (): ControlError => new ControlError(409, ['the journal is off (setting journal is 0)']);

/**
 * The first entry that meets all conditions, there already or still to come; a ControlError after `timeout`
 * milliseconds, with what came instead.
 */
export async function waitForEntry(
  wanted: WantedFields,
  timeout: number,
  control: Pick<Control, 'journal'>,
  signal?: AbortSignal,
): Promise<Entry> {
  const [there] = findEntries(wanted, control);
  if (there !== undefined) return there;
  return new Promise((resolve, reject) => {
    const stop = control.journal.listen((kept) => {
      const entry = entryOf(kept);
      if (missedBy(entry, wanted) !== undefined) return;
      end();
      resolve(entry);
    });
    const timer = setTimeout(() => {
      end();
      reject(
        new ControlError(409, [
          `waited ${timeout} ms for ${JSON.stringify(maskOf([]).value(wanted))}${insteadOf(wanted, control)}`,
        ]),
      );
    }, timeout);
    const end = (): void => {
      stop();
      clearTimeout(timer);
      signal?.removeEventListener('abort', leave);
    };
    const leave = (): void => {
      end();
      reject(new ControlError(409, ['nobody waits any more']));
    };
    signal?.addEventListener('abort', leave);
  });
}

/** What came in the place of something that did not: for messages that say why not. */
function insteadOf(wanted: WantedFields, { journal }: Pick<Control, 'journal'>): string {
  const came = [...journal.all()].map(entryOf).filter(({ id }) => id > (wanted.after ?? 0));
  if (came.length === 0) return '; nothing came';
  const lines = came
    .slice(-SHOWN)
    .map((entry) => `  ${summaryOf(entry)} (not the ${missedBy(entry, wanted) ?? 'order'})`);
  return `; what came instead:\n${lines.join('\n')}`;
}

const SHOWN = 10;
