import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { get as getPlain } from 'node:http';
import { get as getSecure } from 'node:https';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';
import type { Nursery } from './child.ts';
import type { Plan } from './plan.ts';

/** The program, as its users start it: HTTPS and the log for people are on, and nobody reads along. */
export interface Program {
  readonly pid: number;
  /** From the call that started it to the first answer, in milliseconds. */
  readonly took: number;
  readonly stop: () => Promise<void>;
}

const PATIENCE = 30_000;

/** Starts the program and asks for its health until it says that it is ready. */
export async function startProgram(
  { node, program }: Plan,
  nursery: Nursery,
  scheme: 'http' | 'https',
): Promise<Program> {
  const [http, https] = await freePorts();
  const started = performance.now();
  const child = nursery.spawn(node, [program, '--http-port', String(http), '--https-port', String(https)]);
  const port = scheme === 'http' ? http : https;
  while (!(await isReady(scheme, port))) {
    if (hasEnded(child)) throw new Error('the program ended before it answered');
    if (performance.now() - started > PATIENCE) throw new Error('the program does not answer');
    await setTimeout(1);
  }
  const took = performance.now() - started;
  return {
    pid: child.pid ?? 0,
    took,
    stop: async () => {
      // Not killed: what it does when it ends, as keeping compiled code, belongs to how it starts the next time.
      child.kill('SIGTERM');
      if (!hasEnded(child)) await once(child, 'exit');
    },
  };
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode !== null || signalCode !== null;

function isReady(scheme: 'http' | 'https', port: number): Promise<boolean> {
  const url = `${scheme}://127.0.0.1:${port}/_emulator/health`;
  return new Promise((resolve) => {
    const request =
      scheme === 'http'
        ? getPlain(url, { agent: false })
        : getSecure(url, { agent: false, rejectUnauthorized: false });
    request.once('response', (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    });
    request.once('error', () => {
      resolve(false);
    });
  });
}

/** Two that were free a moment ago. */
export async function freePorts(): Promise<readonly [number, number]> {
  const servers = [createServer(), createServer()];
  const ports: number[] = [];
  for (const server of servers) {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    ports.push((server.address() as AddressInfo).port);
  }
  for (const server of servers) await once(server.close(), 'close');
  const [first = 0, second = 0] = ports;
  return [first, second];
}
