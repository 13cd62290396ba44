import type { Case } from './case.ts';

/** The texts that an operation was given under one of these names, however deep, in their order. */
export function textsGiven({ performed }: Case, ...names: readonly string[]): readonly string[] {
  return below(performed?.input, (name) => names.includes(name));
}

/** What of a filter a result is about: the value that was asked for, and the element that it stood in. */
export function askedFor({ fault, performed }: Case): { readonly kind: string; readonly value: string } {
  const about = fault.about.find(({ name }) => name === 'filter-id')?.content;
  const value = typeof about === 'string' ? about : '';
  const kind = KINDS.find((name) => below(performed?.input, (one) => one === name).includes(value));
  return { kind: kind ?? 'login', value };
}

const KINDS = ['id', 'login', 'guid', 'external-id', 'owner-id', 'owner-login'] as const;

function below(value: unknown, isWanted: (name: string) => boolean): readonly string[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]: [string, unknown]) =>
    isWanted(name)
      ? [inner].flat().filter((one): one is string => typeof one === 'string')
      : below(inner, isWanted),
  );
}
