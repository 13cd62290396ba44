import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { changeOf, requestOf, wrongWith } from './account-cases.ts';
import { MANY } from './accounts.ts';
import type { Child, Nursery } from './child.ts';
import { memberAt } from './crowd.ts';
import type { Figure } from './figures.ts';
import { figure, median } from './figures.ts';
import { run } from './load.ts';
import type { Plan } from './plan.ts';

/** What the longest request and the longest turn of the event loop were, in milliseconds. */
interface Stall {
  readonly request: number;
  readonly loop: number;
}

const WRITES = 2;
const A_TIME = 200;

/** How long a request waits while the state of a hundred thousand customers is written behind it. */
export async function* measureStateFile(plan: Plan, nursery: Nursery): AsyncGenerator<Figure> {
  const { node, module, version } = plan;
  const folder = await mkdtemp(join(tmpdir(), 'plesk-emulator-bench-state-'));
  const state = join(folder, 'state.json');
  try {
    const start = (options: { readonly state?: string }): Promise<Child> =>
      nursery.start(node, { kind: 'emulator', module, customers: MANY, options: { journal: 0, ...options } });
    const [kept, unkept] = [await start({ state }), await start({})];
    const stalls: Record<'kept' | 'unkept', Stall>[] = [];
    // The first round warms up.
    for (let round = 0; round <= plan.rounds; round += 1) {
      const written = await whileWritten(kept, state);
      stalls.push({ kept: written.stall, unkept: await during(unkept, written.seconds) });
    }
    for (const server of [kept, unkept]) server.stop();
    for (const [of, what] of [
      ['request', 'longest customer/set'],
      ['loop', 'longest turn of the event loop'],
    ] as const) {
      const measured = stalls.slice(1);
      const without = measured.map(({ unkept: stall }) => stall[of]);
      yield figure(
        {
          what: `${what} while ${MANY.toLocaleString('en')} customers are written`,
          node: version,
          unit: 'ms',
          aim: { atMost: 10 },
          note: `as long without a state file: ${median(without).toFixed(2)}, at most ${Math.max(...without).toFixed(2)}`,
        },
        measured.map(({ kept: stall }) => stall[of]),
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Changes one account after another until the file was written anew, more than once. */
async function whileWritten(
  server: Child,
  file: string,
): Promise<{ readonly stall: Stall; readonly seconds: number }> {
  const started = performance.now();
  let writes = 0;
  let known = (await stat(file)).ino;
  await server.stall();
  let request = 0;
  while (writes < WRITES) {
    request = Math.max(request, await change(server));
    const { ino } = await stat(file);
    if (ino !== known) writes += 1;
    known = ino;
  }
  const seconds = (performance.now() - started) / 1000;
  return { stall: { request, loop: await server.stall() }, seconds };
}

async function during(server: Child, seconds: number): Promise<Stall> {
  const started = performance.now();
  await server.stall();
  let request = 0;
  while (performance.now() - started < seconds * 1000) request = Math.max(request, await change(server));
  return { request, loop: await server.stall() };
}

/** Some changes over one connection; the milliseconds of the longest. */
async function change(server: Child): Promise<number> {
  let longest = 0;
  await run({
    port: server.ready.port,
    connections: 1,
    requests: Array.from({ length: A_TIME }, (_, number) =>
      requestOf(changeOf(memberAt(7, MANY), number), server),
    ),
    check: (answer) => wrongWith(answer, 1),
    took: (milliseconds) => {
      longest = Math.max(longest, milliseconds);
    },
  });
  return longest;
}
