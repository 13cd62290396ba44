import type { Case } from './cases.ts';
import type { Child, Nursery } from './child.ts';
import { ask, run } from './load.ts';

export interface Plan {
  readonly node: string;
  /** The URL of the built emulator. */
  readonly module: string;
  readonly rounds: number;
  /** How many requests each server gets in a round. */
  readonly requests: number;
}

/** One server in one round. */
export interface Sample {
  /** Answers a second. */
  readonly rate: number;
  /** Seconds of the server's own processor time for an answer. */
  readonly cpu: number;
  /** How much of its time the load generator was busy, from 0 to 1. */
  readonly clientBusy: number;
}

/** What came out for one case on one Node, round by round. */
export interface Measured {
  readonly name: string;
  readonly node: string;
  /** The load generator against bare sockets: what it could ask for. */
  readonly ceiling: readonly Sample[];
  readonly rounds: readonly { readonly http: Sample; readonly emulator: Sample }[];
}

const CONNECTIONS = 10;
const CEILING_ROUNDS = 3;

/** Measures one case: the emulator and bare node:http in turn, each first in every other round. */
export async function measure(what: Case, plan: Plan, nursery: Nursery): Promise<Measured> {
  const { node, module, requests } = plan;
  const emulator = await nursery.start(node, { kind: 'emulator', module });
  const [probe = Buffer.alloc(0)] = await what.requests(1, emulator);
  const answer = what.constant(await ask(emulator.ready.port, probe));
  const http = await nursery.start(node, { kind: 'http', answer });
  const raw = await nursery.start(node, { kind: 'raw', answer });

  const onEmulator = async (): Promise<Sample> => {
    await emulator.reset();
    const made = await what.requests(requests, emulator);
    return sample(emulator, made, (text, index) => what.check(text, made[index] ?? probe, emulator));
  };
  const onConstant = (server: Child): Promise<Sample> =>
    sample(server, new Array<Buffer>(requests).fill(probe), (text) =>
      text.startsWith(`HTTP/1.1 ${answer.status} `) && text.endsWith(`\r\n\r\n${answer.body}`)
        ? undefined
        : 'the constant answer is another',
    );

  // Compilers and caches warm up; two rounds suffice for ratios that no longer move.
  for (let round = 0; round < 2; round += 1) {
    await onConstant(http);
    await onEmulator();
  }
  const ceiling: Sample[] = [];
  for (let round = 0; round <= CEILING_ROUNDS; round += 1) ceiling.push(await onConstant(raw));
  raw.stop();
  const rounds: { http: Sample; emulator: Sample }[] = [];
  for (let round = 0; round < plan.rounds; round += 1) {
    const isFirst = round % 2 === 0;
    const before = isFirst ? undefined : await onEmulator();
    const bare = await onConstant(http);
    rounds.push({ http: bare, emulator: before ?? (await onEmulator()) });
  }
  emulator.stop();
  http.stop();
  return { name: what.name, node: emulator.ready.node, ceiling: ceiling.slice(1), rounds };
}

type Check = (answer: string, index: number) => string | undefined;

async function sample(server: Child, requests: readonly Buffer[], check: Check): Promise<Sample> {
  const before = await server.cpu();
  const own = process.cpuUsage();
  const seconds = await run({ port: server.ready.port, connections: CONNECTIONS, requests, check });
  const { user, system } = process.cpuUsage(own);
  const cpu = (await server.cpu()) - before;
  return {
    rate: requests.length / seconds,
    cpu: cpu / requests.length,
    clientBusy: (user + system) / 1e6 / seconds,
  };
}
