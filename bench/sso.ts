import type { Child, Nursery } from './child.ts';
import type { Figure } from './figures.ts';
import { figure, median } from './figures.ts';
import { ask } from './load.ts';
import type { Plan } from './plan.ts';
import type { RedisServer } from './redis.ts';
import { startRedis } from './redis.ts';
import type { Round } from './rounds.ts';
import { ceilingOf, checkSame, roundsOf, sampleConstant } from './rounds.ts';
import type { Sample } from './sample.ts';
import { microseconds, perSecond, sample } from './sample.ts';
import { ISSUE, OPEN } from './sso-cases.ts';
import type { Case } from './wire.ts';
import { constantOf } from './wire.ts';

/** The service on either store; node:http with its answer; and that after as many bare round trips to Redis. */
type Name = 'memory' | 'Redis' | 'node:http' | 'trips';

/** Links issued and opened, without the time that a Plesk takes, as ratios to what the least would cost. */
export async function* measureSso(plan: Plan, nursery: Nursery): AsyncGenerator<Figure> {
  const redis = await startRedis(nursery);
  if (redis === undefined)
    console.error('redis-server is not installed: links in Redis are not measured, only those in memory');
  try {
    for (const what of [ISSUE, OPEN]) yield* measure(what, plan, nursery, redis);
  } finally {
    redis?.stop();
  }
}

async function* measure(
  what: Case,
  plan: Plan,
  nursery: Nursery,
  redis: RedisServer | undefined,
): AsyncGenerator<Figure> {
  const { node, requests, root } = plan;
  const inMemory = await nursery.start(node, { kind: 'service', root, store: 'memory' });
  const [probe = Buffer.alloc(0)] = await what.requests(1, inMemory);
  const sent = await ask(inMemory.ready.port, probe);
  const answer = constantOf(sent);
  const http = await nursery.start(node, { kind: 'http', answer });
  await checkSame(`node:http for ${what.name}`, http, probe, sent);
  const onService = async (service: Child): Promise<Sample> => {
    await service.reset();
    const made = await what.requests(requests, service);
    return sample(service, made, (text, index) => what.check(text, made[index] ?? probe, service));
  };
  const base = {
    memory: () => onService(inMemory),
    'node:http': () => sampleConstant(http, answer, probe, requests),
  };
  const raw = await nursery.start(node, { kind: 'raw', answer });
  const ceiling = await ceilingOf(raw, answer, probe, requests);
  if (redis === undefined) {
    const rounds = await roundsOf<'memory' | 'node:http'>(base, plan.rounds);
    yield* besideHttp('memory', what, plan, rounds, ceiling);
    yield* latencies('memory', what, plan, rounds);
  } else {
    const inRedis = await nursery.start(node, { kind: 'service', root, store: redis.url });
    const trips = await tripsOf(what, inRedis, redis);
    const bare = await nursery.start(node, {
      ...{ kind: 'trips', module: plan.ioredis, redis: redis.url, trips, answer },
    });
    const rounds = await roundsOf<Name>(
      {
        ...base,
        Redis: async () => {
          await redis.clear();
          return onService(inRedis);
        },
        trips: () => sampleConstant(bare, answer, probe, requests),
      },
      plan.rounds,
    );
    for (const store of ['memory', 'Redis'] as const) {
      yield* besideHttp(store, what, plan, rounds, ceiling);
      yield* latencies(store, what, plan, rounds);
    }
    yield besideTrips(what, plan, trips, rounds);
    for (const server of [inRedis, bare]) server.stop();
  }
  for (const server of [inMemory, http]) server.stop();
}

/** How often Redis is asked for one answer; the first of all brings the scripts there. */
async function tripsOf(what: Case, service: Child, redis: RedisServer): Promise<number> {
  const probes = await what.requests(2, service);
  let before = 0;
  for (const probe of probes) {
    before = await redis.scripts();
    await ask(service.ready.port, probe);
  }
  return (await redis.scripts()) - before;
}

type Store = 'memory' | 'Redis';
type Rounds<Of extends Name> = readonly Round<Of>[];

function* besideHttp<Of extends Store>(
  store: Of,
  what: Case,
  { version }: Plan,
  rounds: Rounds<Of | 'node:http'>,
  ceiling: number,
): Generator<Figure> {
  const own = rounds.map((round) => round[store]);
  const bare = rounds.map((round) => round['node:http']);
  const cpu = rounds.map((round) => round['node:http'].cpu / round[store].cpu);
  const isDoubtful = ceiling < median(bare.map(({ rate }) => rate)) * 1.1;
  const notes = [
    `${perSecond(own)} against ${perSecond(bare)} a second`,
    `CPU ${microseconds(own)} against ${microseconds(bare)} us, ${median(cpu).toFixed(2)}`,
    ...(isDoubtful ? ['the load generator is hardly faster: trust the CPU'] : []),
  ];
  yield figure(
    {
      what: `${what.name}, ${store}, of node:http`,
      node: version,
      unit: 'times',
      note: notes.join('; '),
      ...(store === 'memory' && what.aim !== undefined ? { aim: { atLeast: what.aim } } : {}),
    },
    rounds.map((round) => round[store].rate / round['node:http'].rate),
  );
}

function* latencies<Of extends Store>(
  store: Of,
  what: Case,
  { version }: Plan,
  rounds: Rounds<Of | 'node:http'>,
): Generator<Figure> {
  for (const [kind, words] of [
    ['median', 'median latency'],
    ['p99', 'p99 latency'],
  ] as const) {
    const http = median(rounds.map((round) => round['node:http'].latency[kind]));
    yield figure(
      {
        what: `${what.name}, ${store}, ${words}`,
        node: version,
        unit: 'ms',
        note: `node:http ${http.toFixed(2)} ms`,
      },
      rounds.map((round) => round[store].latency[kind]),
    );
  }
}

/** What Redis adds to an answer of the service, as a share of what bare round trips add to one of node:http. */
function besideTrips(what: Case, { version }: Plan, trips: number, rounds: Rounds<Name>): Figure {
  const time = ({ rate }: Sample): number => 1e6 / rate;
  const own = rounds.map((round) => time(round.Redis) - time(round.memory));
  const bare = rounds.map((round) => time(round.trips) - time(round['node:http']));
  return figure(
    {
      what: `${what.name}, what Redis adds, of ${trips} bare round trips`,
      node: version,
      unit: 'times',
      aim: { atMost: 1 },
      note: `${median(own).toFixed(0)} against ${median(bare).toFixed(0)} us`,
    },
    own.map((added, round) => added / (bare[round] ?? Number.NaN)),
  );
}
