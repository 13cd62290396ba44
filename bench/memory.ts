import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { promisify } from 'node:util';
import { CREATE_SESSION } from './agent-cases.ts';
import type { Child, Nursery } from './child.ts';
import type { Figure } from './figures.ts';
import { figure } from './figures.ts';
import { run } from './load.ts';
import type { Plan } from './plan.ts';
import { startProgram } from './program.ts';
import type { Sample } from './sample.ts';
import { microseconds, sample } from './sample.ts';
import { createSession, post } from './wire.ts';

const MILLION = 1_000_000;
const A_PACKET = 1000;

/** What the emulator holds, idle and with a million sessions, and whether it answers any slower with them. */
export async function* measureMemory(plan: Plan, nursery: Nursery): AsyncGenerator<Figure> {
  const { node, version, module, sessions } = plan;
  const mib = (what: string): { what: string; node: string; unit: 'MiB' } => ({
    what,
    node: version,
    unit: 'MiB',
  });
  yield figure(mib('resident, the program, idle'), await idleProgram(plan, nursery));

  // The longest that there is: none must end under the measurement.
  const start = (): Promise<Child> =>
    nursery.start(node, { kind: 'emulator', module, options: { loginTimeout: 99_999 } });
  const full = await start();
  const idle = await full.memory();
  yield figure(mib('resident, in a bare process over HTTP, idle'), [idle.resident]);
  const packets = Math.round(sessions / A_PACKET);
  const seconds = await fill(full, packets);
  const filled = await full.memory();
  const held = (kind: 'resident' | 'heap'): number[] => [
    ((filled[kind] - idle[kind]) * MILLION) / (packets * A_PACKET),
  ];
  const note = `measured with ${sessions.toLocaleString('en')}, made in ${seconds.toFixed(0)} s`;
  yield figure({ ...mib('resident, a million sessions more'), aim: { atMost: 200 }, note }, held('resident'));
  yield figure(mib("JavaScript's heap, a million sessions more"), held('heap'));

  yield besides(plan, full, await start());
}

/** create_session with many sessions alive and with no more than a round makes, in turn. */
async function besides(plan: Plan, full: Child, fresh: Child): Promise<Figure> {
  const { rounds, requests, sessions, version } = plan;
  const onFull: Sample[] = [];
  const onFresh: Sample[] = [];
  const answerAll = async (server: Child, samples: Sample[]): Promise<void> => {
    if (server === fresh) await fresh.reset();
    const made = await CREATE_SESSION.requests(requests, server);
    samples.push(
      await sample(server, made, (text, index) =>
        CREATE_SESSION.check(text, made[index] ?? Buffer.alloc(0), server),
      ),
    );
  };
  // The first rounds warm up, as with the doors.
  for (let round = -2; round < rounds; round += 1) {
    const [first, second]: [Child, Child] = round % 2 === 0 ? [full, fresh] : [fresh, full];
    await answerAll(first, first === full ? onFull : onFresh);
    await answerAll(second, second === full ? onFull : onFresh);
  }
  for (const server of [full, fresh]) server.stop();
  const [withMany, withNone] = [onFull.slice(2), onFresh.slice(2)];
  return figure(
    {
      what: `time of create_session with ${sessions.toLocaleString('en')} sessions, of none`,
      node: version,
      unit: 'times',
      aim: { atMost: 1.1 },
      note: `CPU ${microseconds(withMany)} against ${microseconds(withNone)} us`,
    },
    withMany.map(({ rate }, round) => (withNone[round]?.rate ?? Number.NaN) / rate),
  );
}

/** Makes a thousand sessions with each packet; gives the seconds that it took. */
function fill({ ready }: Child, packets: number): Promise<number> {
  const operations = createSession('10.50.1.71').repeat(A_PACKET);
  const request = post(`<packet version="1.6.3.3"><server>${operations}</server></packet>`, ready);
  return run({
    port: ready.port,
    connections: 2,
    requests: new Array<Buffer>(packets).fill(request),
    check: (answer) => {
      const made = answer.split('<status>ok</status>').length - 1;
      return made === A_PACKET ? undefined : `it made ${made} sessions, not ${A_PACKET}`;
    },
  });
}

/** A second after its first answer, as the system sees it; nothing where there is no `ps`. */
async function idleProgram(plan: Plan, nursery: Nursery): Promise<number[]> {
  const { pid, stop } = await startProgram(plan, nursery, 'http');
  await setTimeout(1000);
  try {
    const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
    return [Number(stdout) / 1024];
  } catch {
    return [];
  } finally {
    await stop();
  }
}
