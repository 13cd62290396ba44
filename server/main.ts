#!/usr/bin/env node
import type { Invocation } from './commands/command.ts';
import { EXIT } from './commands/exit.ts';

/** All but `start`. Each is imported when it is asked for: a start reads only what it needs. */
const COMMANDS: Readonly<Record<string, (invocation: Invocation) => Promise<number>>> = {
  wait: async (invocation) => (await import('./commands/wait.ts')).wait(invocation),
  health: async (invocation) => (await import('./commands/health.ts')).health(invocation),
  env: async (invocation) => (await import('./commands/env.ts')).env(invocation),
  init: async (invocation) => (await import('./commands/init.ts')).init(invocation),
};

const VERSION_FLAGS = new Set(['--version', '-v', '-V']);

/** Errors that the user can mend, by name: their classes need not be loaded to know them. */
const WRONG_USE = new Set(['SettingsError', 'SeedError', 'StateError', 'CertificateError']);

main(process.argv.slice(2)).catch((error: unknown) => {
  const isExpected = error instanceof Error && WRONG_USE.has(error.name);
  process.stderr.write(`plesk-emulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = isExpected ? EXIT.wrongUse : EXIT.failed;
});

async function main(args: readonly string[]): Promise<void> {
  if (args.some((arg) => ['--help', '-h'].includes(arg)) || args[0] === 'help') {
    process.stdout.write((await import('./commands/usage.ts')).usage());
  } else if (args.some((arg) => VERSION_FLAGS.has(arg))) {
    process.stdout.write(`${(await import('../base/version.ts')).packageVersion()}\n`);
  } else {
    await run(args, process.env);
  }
}

async function run(args: readonly string[], env: Invocation['env']): Promise<void> {
  const [name = '', ...rest] = args;
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command !== undefined) process.exitCode = await command({ args: rest, env });
  // Whatever names no other command is a start, which knows `start` and refuses every other word.
  else await (await import('./commands/start.ts')).start({ args, env });
}
