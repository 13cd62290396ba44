/** Milliseconds to be added to an instant: whole and above 0. Anything else is the caller's bug, and thrown. */
export function span(ms: number): number {
  // NaN would make an end that no instant reaches.
  if (!Number.isSafeInteger(ms) || ms <= 0) throw new RangeError(`${ms} is no span of milliseconds`);
  return ms;
}
