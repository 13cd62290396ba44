import * as z from 'zod';
import type { Control } from '../control.ts';
import { ControlError } from '../control-error.ts';
import type { ClockShown, SessionEnded } from '../interface.ts';
import { defineCall, NOTHING } from './call.ts';

const WORDS = 'an instant is a number of milliseconds since 1970, or a text such as 2026-01-31T10:00:00Z';

/** ISO 8601 with a zone, or milliseconds. */
const Instant = z
  .union([z.number(), z.iso.datetime({ offset: true, error: WORDS })], { error: WORDS })
  .transform((at) => (typeof at === 'number' ? at : Date.parse(at)))
  // The largest instant that a Date can be.
  .refine((at) => Number.isInteger(at) && Math.abs(at) <= 8.64e15, { error: WORDS });

const SPANS =
  'a span is a number of milliseconds, or a text such as 500ms, 90s, 31m, 2h or 1d; time goes forward';

const UNITS: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000 };

const Span = z
  .union([z.number(), z.string()], { error: SPANS })
  .transform((span) => {
    if (typeof span === 'number') return span;
    const [, number, unit = ''] = /^(\d+(?:\.\d+)?)(ms|s|m|h|d)$/.exec(span) ?? [];
    return number === undefined ? Number.NaN : Number(number) * (UNITS[unit] ?? Number.NaN);
  })
  .refine((span) => Number.isFinite(span) && span >= 0 && span <= 8.64e15, {
    error: SPANS,
  });

const Shown = z.strictObject({ now: z.number(), iso: z.string(), isFrozen: z.boolean() });
const Moved = Shown.extend({
  ended: z.array(z.strictObject({ id: z.string(), login: z.string(), endedAt: z.number() })),
});

export const CLOCK_CALLS = {
  'clock.get': defineCall({ input: NOTHING, output: Shown, run: (_input, control) => shownClock(control) }),
  'clock.freeze': defineCall({
    input: z.strictObject({ at: Instant.optional() }),
    output: Shown,
    run: ({ at }, control) => {
      control.clock.freeze(at);
      expireSessions(control);
      return shownClock(control);
    },
  }),
  'clock.set': defineCall({
    input: z.strictObject({ at: Instant }),
    output: Moved,
    run: ({ at }, control) => {
      control.clock.set(at);
      return { ...shownClock(control), ended: expireSessions(control) };
    },
  }),
  'clock.advance': defineCall({
    input: z.strictObject({ by: Span }),
    output: Moved,
    run: ({ by }, control) => {
      const { clock } = control;
      const at = Math.round(clock.now() + by);
      if (at > 8.64e15) throw new ControlError(400, ['by: no date lies so far ahead']);
      clock.set(at);
      return { ...shownClock(control), ended: expireSessions(control) };
    },
  }),
  'clock.run': defineCall({
    input: NOTHING,
    output: Shown,
    run: (_input, control) => {
      control.clock.run();
      return shownClock(control);
    },
  }),
} as const;

const shownClock = ({ clock }: Control): ClockShown => {
  const now = clock.now();
  return { now, iso: new Date(now).toISOString(), isFrozen: clock.isFrozen };
};

/** In the order of their ends. */
const expireSessions = ({ panel, clock }: Control): readonly SessionEnded[] =>
  panel.sessions.expire(clock.now()).map(({ session: { id, login }, endedAt }) => ({ id, login, endedAt }));
