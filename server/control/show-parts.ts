import type { Entry } from './entry.ts';
import type { Arrival } from './journal.ts';
import type { Mask } from './masking.ts';
import { MASKED } from './masking.ts';
import { isSecretHeader } from './secret-names.ts';

/** What every entry has. */
export const common = (
  { at, ms, peer, method, url, release, faults }: Arrival,
  mask: Mask,
): Pick<Entry, 'at' | 'ms' | 'peer' | 'method' | 'path' | 'url' | 'release' | 'faults'> => ({
  at,
  ms: Math.round(ms * 1000) / 1000,
  peer,
  method,
  path: mask.text(url.split('?', 1)[0] ?? ''),
  url: mask.text(url),
  release: release.plesk,
  faults,
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
