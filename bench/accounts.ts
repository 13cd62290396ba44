import { ACCOUNT_CASES, prepared, wrongWith } from './account-cases.ts';
import type { AccountCase } from './account-cases.ts';
import type { Child, Nursery } from './child.ts';
import type { Figure } from './figures.ts';
import { figure, median } from './figures.ts';
import { run } from './load.ts';
import type { Plan } from './plan.ts';

const FEW = 10;
export const MANY = 100_000;

const A_TIME = 100;
const WARM_UPS = 2;
const CONNECTIONS = 10;

type Servers = Readonly<Record<'few' | 'many', Child>>;
type Round = Readonly<Record<'few' | 'many', Taken>>;

/** What operations on accounts cost with a hundred thousand customers, of what they cost with ten. */
export async function* measureAccounts(plan: Plan, nursery: Nursery): AsyncGenerator<Figure> {
  const { node, module } = plan;
  const start = (customers: number): Promise<Child> =>
    nursery.start(node, { kind: 'emulator', module, customers, options: {} });
  const servers = { few: await start(FEW), many: await start(MANY) };
  for (const what of ACCOUNT_CASES) yield await measure(what, plan, servers);
  for (const server of Object.values(servers)) server.stop();
}

/** A crowd, and what its server took for the packets of a round. */
interface Taken {
  readonly server: Child;
  readonly customers: number;
  seconds: number;
  cpu: number;
}

async function measure(what: AccountCase, plan: Plan, servers: Servers): Promise<Figure> {
  const rounds: Round[] = [];
  for (let round = -WARM_UPS; round < plan.rounds; round += 1) {
    const taken = await oneRound(what, plan.requests, servers);
    if (round >= 0) rounds.push(taken);
  }
  const micros = (of: 'few' | 'many', by: 'seconds' | 'cpu'): string =>
    ((median(rounds.map((round) => round[of][by])) / plan.requests) * 1e6).toFixed(0);
  const cpu = median(rounds.map(({ few, many }) => many.cpu / few.cpu));
  return figure(
    {
      what: `time of ${what.name} with ${MANY.toLocaleString('en')} customers, of ${FEW}`,
      node: plan.version,
      unit: 'times',
      aim: { atMost: 1.2 },
      note:
        `${micros('many', 'seconds')} against ${micros('few', 'seconds')} us; ` +
        `CPU ${micros('many', 'cpu')} against ${micros('few', 'cpu')} us, ${cpu.toFixed(2)}`,
    },
    rounds.map(({ few, many }) => many.seconds / few.seconds),
  );
}

/** Both answer the same number of packets, some at a time in turn: whatever else this machine does disturbs both. */
async function oneRound(what: AccountCase, requests: number, servers: Servers): Promise<Round> {
  const round = {
    few: { server: servers.few, customers: FEW, seconds: 0, cpu: 0 },
    many: { server: servers.many, customers: MANY, seconds: 0, cpu: 0 },
  };
  const made = new Map<Taken, readonly Buffer[]>();
  for (const taken of Object.values(round)) {
    await taken.server.reset();
    made.set(taken, await prepared(what, requests, taken.customers, taken.server));
  }
  for (let from = 0; from < requests; from += A_TIME) {
    const { few, many } = round;
    for (const taken of (from / A_TIME) % 2 === 0 ? [few, many] : [many, few])
      await answer(what, taken, made.get(taken)?.slice(from, from + A_TIME) ?? []);
  }
  return round;
}

async function answer(what: AccountCase, taken: Taken, requests: readonly Buffer[]): Promise<void> {
  const { server } = taken;
  const before = await server.cpu();
  taken.seconds += await run({
    port: server.ready.port,
    connections: CONNECTIONS,
    requests,
    check: (text) => wrongWith(text, what.results ?? 1, what.says),
  });
  taken.cpu += (await server.cpu()) - before;
}
