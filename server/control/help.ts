import type { PacketArrival, VisitArrival } from './journal.ts';

/** What would help the sender of a packet that was refused, or failed: one sentence each. */
export function helpForPacket(_arrival: PacketArrival): readonly string[] {
  return [];
}

/** What would help with a browser's request: one sentence each. */
export function helpForVisit(_arrival: VisitArrival): readonly string[] {
  return [];
}
