import { setTimeout as sleep } from 'node:timers/promises';
import { systemClock } from '../../base/clock.ts';
import { SettingsError } from '../../base/settings-error.ts';
import { askHealth, PATIENCE } from './ask.ts';
import type { Invocation } from './command.ts';
import { ASKING_OPTIONS, readOptions, urlFrom } from './command.ts';
import { EXIT } from './exit.ts';

/** Between two questions, in milliseconds. */
const PAUSE = 50;

/** `plesk-emulator wait`: ends as soon as an emulator is ready, or fails when the time is up and says why. */
export async function wait(invocation: Invocation): Promise<number> {
  const given = readOptions(ASKING_OPTIONS, invocation);
  // Before it waits: a URL that was given may be none.
  urlFrom(given, invocation);
  const { timeout: time } = given.values;
  const timeout = typeof time === 'string' ? time : '10s';
  const end = systemClock.now() + millisecondsIn(timeout, given.places['timeout'] ?? '--timeout');
  for (;;) {
    // An emulator that starts meanwhile is found then.
    const url = urlFrom(given, invocation);
    try {
      // A question that gets no answer is asked again: what took it may have been on its way up.
      const left = Math.min(PATIENCE, Math.max(1, end - systemClock.now()));
      const { title, version } = await askHealth(url, left);
      process.stdout.write(`${url.origin} is ready: ${String(title)}, plesk-emulator ${String(version)}\n`);
      return EXIT.ok;
    } catch (error) {
      if (systemClock.now() + PAUSE < end) await sleep(PAUSE);
      else {
        const why = error instanceof Error ? error.message : String(error);
        process.stderr.write(`plesk-emulator: waited ${timeout}: ${why}\n`);
        return EXIT.failed;
      }
    }
  }
}

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

function millisecondsIn(text: string, place: string): number {
  const [, number, unit] = /^(\d+(?:\.\d+)?)(ms|s|m)$/.exec(text) ?? [];
  const factor = UNITS[unit ?? ''];
  if (number === undefined || factor === undefined)
    throw new SettingsError([`${place}: '${text}' is no time, such as 10s, 500ms or 2m`]);
  return Number(number) * factor;
}
