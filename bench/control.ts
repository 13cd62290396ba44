import { CREATE_SESSION } from './agent-cases.ts';
import { REDIRECT } from './browser-cases.ts';
import type { Child, Nursery } from './child.ts';
import type { Figure } from './figures.ts';
import { figure, median } from './figures.ts';
import type { Plan } from './plan.ts';
import { roundsOf } from './rounds.ts';
import { microseconds, perSecond, sample } from './sample.ts';
import type { Sample } from './sample.ts';
import type { Case } from './wire.ts';

const ACCOUNTS = [10, 1000, 100_000];
const TIMES = 200;

/**
 * What a test's tools cost: the journal on the hot doors, what is left there of all of them when they are off (held
 * against another build, where there is one), and a mark with its rollback.
 */
export async function* measureControl(plan: Plan, nursery: Nursery): AsyncGenerator<Figure> {
  for (const what of [CREATE_SESSION, REDIRECT]) yield* measureJournal(what, plan, nursery);
  for (const accounts of ACCOUNTS) {
    const { node, module, version } = plan;
    const { resets } = await nursery.inside(node, { kind: 'marks', module, accounts, count: TIMES });
    yield figure(
      {
        what: `mark and rollback, ten changes, ${accounts.toLocaleString('en')} accounts`,
        node: version,
        unit: 'ms',
        ...(accounts <= 1000 ? { aim: { atMost: 1 } } : {}),
        note: `the first of the process ${(resets[0] ?? Number.NaN).toFixed(3)} ms`,
      },
      resets.slice(1),
    );
  }
}

async function* measureJournal(what: Case, plan: Plan, nursery: Nursery): AsyncGenerator<Figure> {
  const { node, module, against, requests, version } = plan;
  const start = (built: string, options: object): Promise<Child> =>
    nursery.start(node, { kind: 'emulator', module: built, options });
  const servers = {
    off: await start(module, { journal: 0 }),
    on: await start(module, {}),
    // Without another build the same one again: how far apart equals are.
    before: await start(against ?? module, { journal: 0 }),
  };
  const answered = (server: Child) => async (): Promise<Sample> => {
    await server.reset();
    const made = await what.requests(requests, server);
    return sample(server, made, (text, index) => what.check(text, made[index] ?? Buffer.alloc(0), server));
  };
  const rounds = await roundsOf<keyof typeof servers>(
    { off: answered(servers.off), on: answered(servers.on), before: answered(servers.before) },
    plan.rounds,
  );
  for (const server of Object.values(servers)) server.stop();
  const held = (name: 'on' | 'off', of: 'off' | 'before', says: string, atLeast: number): Figure => {
    const cpu = median(rounds.map((round) => round[of].cpu / round[name].cpu));
    const [own, other] = [rounds.map((round) => round[name]), rounds.map((round) => round[of])];
    return figure(
      {
        what: `${what.name}, ${says}`,
        node: version,
        unit: 'times',
        aim: { atLeast },
        note: `${perSecond(own)} against ${perSecond(other)} a second; CPU ${microseconds(own)} against ${microseconds(other)} us, ${cpu.toFixed(2)}`,
      },
      rounds.map((round) => round[name].rate / round[of].rate),
    );
  };
  yield held('on', 'off', 'journal on, of off', 0.9);
  const other = against === undefined ? 'the same again' : 'the other build';
  yield held('off', 'before', `journal off, of ${other}`, 0.97);
}
