import type { Measured, Sample } from './measure.ts';

/** The share of bare node:http that the emulator should reach, on every Node. */
export const AIM = 0.4;

/** The figures of one case on one Node. A ratio is of the emulator to bare node:http, 1 being as fast. */
export interface Row {
  readonly name: string;
  readonly node: string;
  /** Answers a second: the emulator's, those of bare node:http, and what the load generator can ask for. */
  readonly rate: number;
  readonly httpRate: number;
  readonly ceiling: number;
  readonly ratio: number;
  readonly least: number;
  readonly most: number;
  /** Of processor time for an answer: node:http's to the emulator's. */
  readonly cpuRatio: number;
  /** Microseconds of processor time for an answer. */
  readonly cpuMicroseconds: number;
  readonly httpCpuMicroseconds: number;
  /** How busy the load generator was while node:http answered, from 0 to 1. */
  readonly clientBusy: number;
}

export function summary({ name, node, ceiling, rounds }: Measured): Row {
  const ratios = rounds.map(({ http, emulator }) => emulator.rate / http.rate);
  const of = (which: 'http' | 'emulator', figure: keyof Sample): number =>
    median(rounds.map((round) => round[which][figure]));
  return {
    name,
    node,
    rate: of('emulator', 'rate'),
    httpRate: of('http', 'rate'),
    ceiling: median(ceiling.map(({ rate }) => rate)),
    ratio: median(ratios),
    least: Math.min(...ratios),
    most: Math.max(...ratios),
    cpuRatio: median(rounds.map(({ http, emulator }) => http.cpu / emulator.cpu)),
    cpuMicroseconds: of('emulator', 'cpu') * 1e6,
    httpCpuMicroseconds: of('http', 'cpu') * 1e6,
    clientBusy: of('http', 'clientBusy'),
  };
}

const HEADS = [
  'what',
  'Node',
  'a second',
  'node:http',
  'client could',
  'ratio',
  'min',
  'max',
  'CPU us',
  'node:http',
  'CPU ratio',
  'aim',
];

/** A table of all, and a line for each figure that falls short. */
export function report(rows: readonly Row[]): string {
  const cells = rows.map((row) => [
    row.name,
    row.node,
    Math.round(row.rate).toLocaleString('en'),
    Math.round(row.httpRate).toLocaleString('en'),
    Math.round(row.ceiling).toLocaleString('en'),
    row.ratio.toFixed(2),
    row.least.toFixed(2),
    row.most.toFixed(2),
    row.cpuMicroseconds.toFixed(1),
    row.httpCpuMicroseconds.toFixed(1),
    row.cpuRatio.toFixed(2),
    AIM.toFixed(2),
  ]);
  const widths = HEADS.map((head, column) =>
    Math.max(head.length, ...cells.map((row) => row[column]?.length ?? 0)),
  );
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) =>
        column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join('  ');
  return [line(HEADS), ...cells.map(line), '', ...rows.flatMap(shortfalls)].join('\n');
}

function shortfalls(row: Row): string[] {
  const where = `${row.name} on Node ${row.node}`;
  const short: string[] = [];
  if (row.ratio < AIM)
    short.push(`Short: ${where} reaches ${row.ratio.toFixed(3)} of node:http, not ${AIM}.`);
  if (row.cpuRatio < AIM)
    short.push(`Short: ${where} reaches ${row.cpuRatio.toFixed(3)} by processor time, not ${AIM}.`);
  if (row.ceiling < row.httpRate * 1.1)
    short.push(`Doubt: ${where}, the load generator is hardly faster than node:http; trust the CPU ratio.`);
  return short.length === 0 ? [`Reached: ${where}.`] : short;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}
