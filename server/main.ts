#!/usr/bin/env node
import type { Invocation } from './commands/command.ts';

/** Each is imported when it is asked for: a start reads only what it needs. */
const COMMANDS: Readonly<Record<string, (invocation: Invocation) => Promise<number | undefined>>> = {
  start: async (invocation) => {
    await (await import('./commands/start.ts')).start(invocation);
    return undefined;
  },
  wait: async (invocation) => (await import('./commands/wait.ts')).wait(invocation),
  health: async (invocation) => (await import('./commands/health.ts')).health(invocation),
  env: async (invocation) => (await import('./commands/env.ts')).env(invocation),
};

/** Errors that the user can mend, by name: their classes need not be loaded to know them. */
const WRONG_USE = new Set(['SettingsError', 'SeedError', 'StateError', 'CertificateError']);

main(process.argv.slice(2)).catch((error: unknown) => {
  const isExpected = error instanceof Error && WRONG_USE.has(error.name);
  process.stderr.write(`plesk-emulator: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = isExpected ? 2 : 1;
});

async function main(args: readonly string[]): Promise<void> {
  if (args.some((arg) => ['--help', '-h'].includes(arg)) || args[0] === 'help') {
    process.stdout.write((await import('./commands/usage.ts')).usage());
  } else if (args.includes('--version')) {
    process.stdout.write(`${(await import('./version.ts')).packageVersion()}\n`);
  } else {
    const [first = 'start', ...rest] = args;
    const command = Object.hasOwn(COMMANDS, first) ? COMMANDS[first] : undefined;
    const isNamed = command !== undefined && first !== 'start';
    const code = await (command ?? COMMANDS['start'])?.({ args: isNamed ? rest : args, env: process.env });
    if (code !== undefined) process.exitCode = code;
  }
}
