import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

/** An answer that a server gives to everything. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string;
}

/** What a child is to be: the built emulator, node:http with a constant answer, or bare sockets with one. */
export type Target =
  | { readonly kind: 'emulator'; readonly module: string }
  | { readonly kind: 'http' | 'raw'; readonly answer: Answer };

/** What a child says when it can be asked. */
export interface Ready {
  readonly port: number;
  readonly node: string;
  /** Of the emulator. */
  readonly admin?: { readonly login: string; readonly password: string };
}

export type Asked = 'cpu' | 'reset';
export interface Reply {
  readonly ready?: Ready;
  /** Seconds of processor time since the start, user and system. */
  readonly cpu?: number;
  readonly done?: true;
}

/** A server in a process of its own. */
export interface Child {
  readonly ready: Ready;
  readonly cpu: () => Promise<number>;
  readonly reset: () => Promise<void>;
  readonly stop: () => void;
}

/** Starts servers; `end` stops those that run. */
export interface Nursery {
  readonly start: (node: string, target: Target) => Promise<Child>;
  readonly end: () => Promise<void>;
}

/** Bundles bench/server.ts, so that a Node which reads no TypeScript runs it without a loader in the way. */
export async function openNursery(): Promise<Nursery> {
  const folder = await mkdtemp(join(tmpdir(), 'plesk-emulator-bench-'));
  const script = join(folder, 'server.mjs');
  await build({
    entryPoints: [fileURLToPath(new URL('server.ts', import.meta.url))],
    outfile: script,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  const children = new Set<ChildProcess>();
  return {
    start: async (node, target) => {
      // The options of this process, tsx among them, are not for the servers.
      const child = fork(script, [JSON.stringify(target)], { execPath: node, execArgv: [] });
      children.add(child);
      child.once('exit', () => children.delete(child));
      const { ready } = await replyOf(child);
      if (ready === undefined) throw new Error('a server under test did not start');
      return {
        ready,
        cpu: async () => (await replyOf(child, 'cpu')).cpu ?? Number.NaN,
        reset: async () => {
          await replyOf(child, 'reset');
        },
        stop: () => void child.kill(),
      };
    },
    end: async () => {
      for (const child of children) child.kill();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function replyOf(child: ChildProcess, asked?: Asked): Promise<Reply> {
  const over = new AbortController();
  const { signal } = over;
  try {
    const gone = Promise.race([once(child, 'exit', { signal }), once(child, 'error', { signal })]);
    const replied = once(child, 'message', { signal });
    if (asked !== undefined) child.send(asked);
    const first = await Promise.race([replied.then(([reply]) => reply as Reply), gone.then(() => undefined)]);
    if (first === undefined) throw new Error(`a server under test ended: ${child.spawnargs.join(' ')}`);
    return first;
  } finally {
    over.abort();
  }
}
