import type { Child } from './child.ts';
import { median, quantile } from './figures.ts';
import { run } from './load.ts';

/** One server in one round. */
export interface Sample {
  /** Answers a second. */
  readonly rate: number;
  /** Seconds of the server's own processor time for an answer. */
  readonly cpu: number;
  /** Milliseconds from a request to its answer: the median, and what 99 of 100 stay below. */
  readonly latency: { readonly median: number; readonly p99: number };
}

/** Says what is wrong with an answer, the first, the second and so on. */
export type Check = (answer: string, index: number) => string | undefined;

const CONNECTIONS = 10;

/** Has a server answer every request once, over ten keep-alive connections. */
export async function sample(server: Child, requests: readonly Buffer[], check: Check): Promise<Sample> {
  const times: number[] = [];
  const took = (milliseconds: number): void => void times.push(milliseconds);
  const before = await server.cpu();
  const seconds = await run({ port: server.ready.port, connections: CONNECTIONS, requests, check, took });
  const cpu = (await server.cpu()) - before;
  const latency = { median: median(times), p99: quantile(times, 0.99) };
  return { rate: requests.length / seconds, cpu: cpu / requests.length, latency };
}

export const perSecond = (samples: readonly Sample[]): string =>
  Math.round(median(samples.map(({ rate }) => rate))).toLocaleString('en');

/** Of processor time for an answer. */
export const microseconds = (samples: readonly Sample[]): string =>
  (median(samples.map(({ cpu }) => cpu)) * 1e6).toFixed(0);
