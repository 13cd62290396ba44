import { Socket } from 'node:net';

/** A timer that was started. */
export interface Timer {
  /** Stops it: `then` is not called any more. */
  stop(): void;
}

/**
 * Calls `then` once, after so many milliseconds of the machine's own time. It does not keep the process alive.
 *
 * The timer is that of a socket without a connection: vitest, Jest and node:test can replace every function of
 * `globalThis` and `node:timers` by a fake one, before this module is loaded or later, but not the timers of Node's own
 * streams. So an emulator in the process of a test goes on under fake timers.
 */
export function startTimer(ms: number, then: () => void): Timer {
  const socket = new Socket();
  // 0 would switch the timer of a socket off.
  socket.setTimeout(Math.max(1, ms), then);
  return { stop: () => void socket.setTimeout(0) };
}
