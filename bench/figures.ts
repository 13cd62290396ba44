/** What a figure should be at least, or at most. */
export type Aim = { readonly atLeast: number } | { readonly atMost: number };

/** One thing measured on one Node: the median of its samples. */
export interface Figure {
  readonly what: string;
  readonly node: string;
  readonly value: number;
  readonly unit: 'times' | 'ms' | 'MiB';
  /** All that the value is the median of. */
  readonly samples: readonly number[];
  readonly aim?: Aim;
  /** Absolute figures of this machine, and what limits the value. */
  readonly note?: string;
}

export type Described = Omit<Figure, 'value' | 'samples'>;

export function figure(described: Described, samples: readonly number[]): Figure {
  return { ...described, value: median(samples), samples };
}

export function isShort({ value, aim }: Figure): boolean {
  if (aim === undefined) return false;
  // Whatever could not be measured has not reached its aim.
  return 'atLeast' in aim ? !(value >= aim.atLeast) : !(value <= aim.atMost);
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** What this share of the values does not exceed. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.ceil(sorted.length * share) - 1] ?? Number.NaN;
}
