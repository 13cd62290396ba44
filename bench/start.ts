import { once } from 'node:events';
import type { Nursery } from './child.ts';
import type { Figure } from './figures.ts';
import { figure, median } from './figures.ts';
import type { Plan } from './plan.ts';
import { startProgram } from './program.ts';

const PROGRAM_AIM = { atMost: 1.5 };

/** From the start of the program to its first answer, against a Node that does nothing. */
export async function* measureProgram(plan: Plan, nursery: Nursery): AsyncGenerator<Figure> {
  const rounds: { readonly nothing: number; readonly http: number; readonly https: number }[] = [];
  // The first round finds nothing in the caches, neither this machine's nor Node's of compiled code.
  for (let round = 0; round <= plan.rounds; round += 1) {
    const nothing = await runNothing(plan.node, nursery);
    const http = await untilAnswer(plan, nursery, 'http');
    const https = await untilAnswer(plan, nursery, 'https');
    rounds.push({ nothing, http, https });
  }
  const warm = rounds.slice(1);
  const nothing = median(warm.map((round) => round.nothing)).toFixed(0);
  for (const scheme of ['http', 'https'] as const) {
    const time = median(warm.map((round) => round[scheme])).toFixed(0);
    yield figure(
      {
        what: `the program's first answer by ${scheme.toUpperCase()}, of node -e 0`,
        node: plan.version,
        unit: 'times',
        aim: PROGRAM_AIM,
        note: `${time} ms against ${nothing} ms`,
      },
      warm.map((round) => round[scheme] / round.nothing),
    );
  }
}

async function runNothing(node: string, nursery: Nursery): Promise<number> {
  const started = performance.now();
  await once(nursery.spawn(node, ['-e', '0']), 'exit');
  return performance.now() - started;
}

async function untilAnswer(plan: Plan, nursery: Nursery, scheme: 'http' | 'https'): Promise<number> {
  const { took, stop } = await startProgram(plan, nursery, scheme);
  await stop();
  return took;
}

const PROCESSES = 5;
const STARTS = 50;
const ACCOUNTS = 100_000;
const RESETS = 50;

/** Start, stop and reset in a process that has imported the emulator. */
export async function* measureInProcess(plan: Plan, nursery: Nursery): AsyncGenerator<Figure> {
  const { node, version, module } = plan;
  for (const https of [false, true]) {
    const outcomes = [];
    for (let times = 0; times < PROCESSES; times += 1)
      outcomes.push(await nursery.inside(node, { kind: 'starts', module, https, count: STARTS }));
    const of = (what: string): { what: string; node: string; unit: 'ms' } => ({
      what: `${what}, ${https ? 'HTTP and HTTPS' : 'HTTP'}`,
      node: version,
      unit: 'ms',
    });
    const imported = median(outcomes.map((outcome) => outcome.import)).toFixed(0);
    yield figure(
      { ...of('first start in a process'), note: `after an import of ${imported} ms` },
      outcomes.flatMap(({ starts }) => starts.slice(0, 1)),
    );
    yield figure(
      { ...of('start in a process'), aim: { atMost: https ? 8 : 2 } },
      outcomes.flatMap(({ starts }) => starts.slice(1)),
    );
    yield figure(
      of('stop'),
      outcomes.flatMap(({ stops }) => stops.slice(1)),
    );
  }
  const { resets } = await nursery.inside(node, {
    kind: 'resets',
    module,
    accounts: ACCOUNTS,
    count: RESETS,
  });
  yield figure(
    {
      what: `reset, ten changes, ${ACCOUNTS.toLocaleString('en')} accounts`,
      node: version,
      unit: 'ms',
      aim: { atMost: 0.1 },
      note: `the first of the process ${(resets[0] ?? Number.NaN).toFixed(3)} ms`,
    },
    resets.slice(1),
  );
}
