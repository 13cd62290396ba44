// A server under test, in a process of its own: bundled by bench/child.ts, run by the Node that is measured.
import type { AddressInfo, Server } from 'node:net';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import type { startEmulator } from '../server/emulator.ts';
import { bareExpress, bareHttp, bareSockets, bareTrips } from './constant.ts';
import { crowd } from './crowd.ts';
import type { Asked, Ready, Reply, Target } from './messages.ts';
import { startService } from './sso-service.ts';

interface Running extends Omit<Ready, 'node'> {
  readonly reset: () => Promise<void>;
}

async function start(target: Target): Promise<Running> {
  if (target.kind === 'emulator') return emulator(target);
  if (target.kind === 'service') return startService(target.root, target.store);
  return { port: await listen(await constant(target)), reset: () => Promise.resolve() };
}

function constant(target: Exclude<Target, { kind: 'emulator' | 'service' }>): Server | Promise<Server> {
  if (target.kind === 'express') return bareExpress(target.module, target.answer);
  if (target.kind === 'trips') return bareTrips(target.module, target.redis, target.trips, target.answer);
  return target.kind === 'http' ? bareHttp(target.answer) : bareSockets(target.answer);
}

async function emulator({
  module,
  options,
  customers,
}: Target & { readonly kind: 'emulator' }): Promise<Running> {
  const built = (await import(module)) as { readonly startEmulator: typeof startEmulator };
  const running = await built.startEmulator(
    customers === undefined ? options : { ...options, seed: crowd(customers) },
  );
  return { port: Number(new URL(running.url).port), admin: running.admin, reset: () => running.reset() };
}

function listen(server: Server): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      resolve((server.address() as AddressInfo).port);
    });
  });
}

const MIB = 2 ** 20;

/** Memory is given back late: it is asked for twice, some time apart. */
async function memory(): Promise<Reply['memory']> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let times = 0; times < 3; times += 1) {
    collect();
    await setTimeout(300);
  }
  const { rss, heapUsed, external } = process.memoryUsage();
  return { resident: rss / MIB, heap: (heapUsed + external) / MIB };
}

const delay = monitorEventLoopDelay({ resolution: 1 });

function stall(): Reply {
  const longest = delay.max / 1e6;
  delay.enable();
  delay.reset();
  return { stall: longest };
}

const say = (reply: Reply): void => void process.send?.(reply);

const { reset, ...ready } = await start(JSON.parse(process.argv[2] ?? '') as Target);
const ANSWERS: Readonly<Record<Asked, () => Reply | Promise<Reply>>> = {
  cpu: () => {
    const { user, system } = process.cpuUsage();
    return { cpu: (user + system) / 1e6 };
  },
  stall,
  memory: async () => ({ memory: await memory() }) as Reply,
  reset: async () => {
    await reset();
    return { done: true };
  },
};
process.on('disconnect', () => process.exit());
process.on('message', (asked: Asked) => {
  void Promise.resolve(ANSWERS[asked]()).then(say);
});
say({ ready: { ...ready, node: process.version } });
