import type { ChildProcess } from 'node:child_process';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import type { Asked, Job, Outcome, Ready, Reply, Target } from './messages.ts';

/** A server in a process of its own. */
export interface Child {
  readonly ready: Ready;
  /** Seconds of processor time since the start, user and system. */
  readonly cpu: () => Promise<number>;
  /** What it holds after the garbage is gone, in MiB. */
  readonly memory: () => Promise<NonNullable<Reply['memory']>>;
  readonly reset: () => Promise<void>;
  /** Milliseconds of the longest turn of its event loop since this was asked before. */
  readonly stall: () => Promise<number>;
  readonly stop: () => void;
}

/** Starts processes; `end` ends those that run. */
export interface Nursery {
  readonly start: (node: string, target: Target) => Promise<Child>;
  /** Has something measured inside a process of its own. */
  readonly inside: (node: string, job: Job) => Promise<Outcome>;
  /** Runs Node, or any program, as a user would, whatever this process has in its environment. */
  readonly spawn: (program: string, args: readonly string[]) => ChildProcess;
  readonly end: () => Promise<void>;
}

/** Bundles what runs in the processes, so that a Node which reads no TypeScript runs it without a loader in the way. */
export async function openNursery(): Promise<Nursery> {
  const folder = await mkdtemp(join(tmpdir(), 'plesk-emulator-bench-'));
  await build({
    entryPoints: ['server.ts', 'inside.ts'].map((name) => fileURLToPath(new URL(name, import.meta.url))),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    logLevel: 'warning',
  });
  const children = new Set<ChildProcess>();
  const keep = (child: ChildProcess): ChildProcess => {
    children.add(child);
    return child.once('exit', () => children.delete(child));
  };
  // The options of this process, tsx among them, are not for the others; nor is its environment.
  const env = Object.fromEntries(
    ['PATH', 'HOME', 'TMPDIR'].map((name) => [name, process.env[name]] as const),
  );
  const forked = (node: string, script: string, told: object): ChildProcess =>
    keep(
      fork(join(folder, script), [JSON.stringify(told)], {
        execPath: node,
        execArgv: [],
        env,
        // The log of a service goes into nothing.
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      }),
    );

  return {
    start: async (node, target) => {
      const child = forked(node, 'server.mjs', target);
      const { ready } = await replyOf(child);
      if (ready === undefined) throw new Error('a server under test did not start');
      return handle(child, ready);
    },
    inside: async (node, job) => {
      const child = forked(node, 'inside.mjs', job);
      const { outcome } = await replyOf(child);
      child.kill();
      if (outcome === undefined) throw new Error('nothing was measured');
      return outcome;
    },
    spawn: (program, args) => keep(spawn(program, args, { stdio: ['ignore', 'ignore', 'inherit'], env })),
    end: async () => {
      for (const child of children) child.kill('SIGKILL');
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function handle(child: ChildProcess, ready: Ready): Child {
  return {
    ready,
    cpu: async () => (await replyOf(child, 'cpu')).cpu ?? Number.NaN,
    memory: async () => {
      const { memory } = await replyOf(child, 'memory');
      if (memory === undefined) throw new Error('a server under test does not say what it holds');
      return memory;
    },
    reset: async () => {
      await replyOf(child, 'reset');
    },
    stall: async () => (await replyOf(child, 'stall')).stall ?? Number.NaN,
    stop: () => void child.kill(),
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
    if (first === undefined) throw new Error(`a process under test ended: ${child.spawnargs.join(' ')}`);
    return first;
  } finally {
    over.abort();
  }
}
