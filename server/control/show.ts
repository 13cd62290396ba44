import type { Entry } from './entry.ts';
import type { Arrival, Kept } from './journal.ts';
import { packetEntry } from './show-packet.ts';
import { browserEntry } from './show-visit.ts';

/** An arrival as the journal shows it; worked out once. */
export function entryOf({ id, arrival }: Kept): Entry {
  let entry = SHOWN.get(arrival);
  if (entry === undefined) {
    entry = arrival.kind === 'packet' ? packetEntry(id, arrival) : browserEntry(id, arrival);
    SHOWN.set(arrival, entry);
  }
  return entry;
}

const SHOWN = new WeakMap<Arrival, Entry>();
