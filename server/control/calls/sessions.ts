import * as z from 'zod';
import { masked } from '../../../base/secret.ts';
import type { Control } from '../control.ts';
import { ControlError } from '../control-error.ts';
import { explain } from '../explain.ts';
import type { SessionShown } from '../interface.ts';
import { pageOf } from '../page.ts';
import { defineCall, PAGE } from './call.ts';

const Shown = z.looseObject({
  id: z.string(),
  state: z.enum(['token', 'open']),
  serial: z.int(),
  accountId: z.int(),
  login: z.string(),
  role: z.enum(['admin', 'reseller', 'customer']),
  address: z.string(),
  createdAt: z.number(),
  openedAt: z.number().optional(),
  activeAt: z.number(),
  endsAt: z.number(),
  locale: z.string(),
  refusals: z.array(z.strictObject({ at: z.number(), from: z.string(), reason: z.string() })),
});

const One = z.strictObject({ id: z.string() });

export const SESSION_CALLS = {
  'sessions.list': defineCall({
    input: z.strictObject(PAGE),
    output: z.array(Shown),
    run: (page, { panel, clock }): readonly SessionShown[] =>
      pageOf(panel.sessions.list(clock.now()), page, ({ serial }) => serial).map((session) => ({
        ...session,
        state: session.openedAt === undefined ? 'token' : 'open',
        endsAt: panel.sessions.endOf(session.id) ?? clock.now(),
      })),
  }),
  'sessions.expire': defineCall({
    input: One,
    run: ({ id }, control) => {
      endSession(id, 'expired by control', control);
    },
  }),
  'sessions.end': defineCall({
    input: One,
    run: ({ id }, control) => {
      endSession(id, 'ended by control', control);
    },
  }),
  explain: defineCall({
    input: z.strictObject({ token: z.string() }),
    output: z.strictObject({
      state: z.enum(['token', 'open', 'ended', 'unknown']),
      sentences: z.array(z.string()),
    }),
    run: ({ token }, control) => explain(token, control),
  }),
} as const;

function endSession(
  id: string,
  ending: 'expired by control' | 'ended by control',
  { panel, clock }: Control,
): void {
  const now = clock.now();
  if (panel.sessions.end(id, ending, now)) return;
  const { state } = panel.sessions.find(id, now);
  const why = state === 'ended' ? 'it has ended already' : 'there is no such session';
  throw new ControlError(404, [`id: session ${masked(id)}: ${why}`]);
}
