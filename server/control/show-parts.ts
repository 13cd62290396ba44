import { bodyText } from './body-text.ts';
import type { Entry } from './entry.ts';
import { isFailure } from './is-failure.ts';
import type { Arrival, Received } from './journal.ts';
import type { Mask } from './masking.ts';
import { MASKED } from './masking.ts';
import { isSecretHeader } from './secret-names.ts';

type CommonFields = Pick<
  Entry,
  'at' | 'ms' | 'peer' | 'method' | 'path' | 'url' | 'release' | 'faults' | 'received' | 'isFailure'
>;

/** What every entry has; under a fault the outcome is what that made of the answer. */
export const common = <Outcome extends Entry['outcome']>(
  { at, ms, peer, method, url, release, faults, received }: Arrival,
  answered: Outcome,
  mask: Mask,
): CommonFields & { readonly outcome: Outcome | 'unanswered' } => ({
  at,
  ms: Math.round(ms * 1000) / 1000,
  peer,
  method,
  path: mask.text(url.split('?', 1)[0] ?? ''),
  url: mask.text(url),
  release: release.plesk,
  faults,
  ...present({ received: received && shownReceived(received, mask) }),
  ...outcomeOf(received === undefined ? answered : 'unanswered'),
});

const outcomeOf = <Outcome extends Entry['outcome']>(
  outcome: Outcome,
): { readonly outcome: Outcome; readonly isFailure: boolean } => ({ outcome, isFailure: isFailure(outcome) });

const shownReceived = ({ status, body, isComplete }: Received, mask: Mask): Entry['received'] => ({
  ...present({ status }),
  body: mask.text(bodyText(body)),
  isComplete,
});

/** A text without its secrets, where there is one. */
export const masked = (text: string | undefined, mask: Mask): string | undefined =>
  text === undefined ? undefined : mask.text(text);

/** Without what is absent: JSON has no other way to say so. */
export const present = <T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]?: Exclude<T[K], undefined>;
  };

/** The headers of a request. */
export function shownHeaders({ headers }: Arrival, mask: Mask): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, isSecretHeader(name) ? MASKED : mask.text(String(value))]],
    ),
  );
}
