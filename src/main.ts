#!/usr/bin/env node
import { systemClock } from '../base/clock.ts';
import { randomIds } from '../base/ids.ts';
import { EXIT } from './commands/exit.ts';
import type { Invocation } from './commands/invocation.ts';

/** The commands beside `serve`. Each is imported when it is asked for. */
const COMMANDS: Readonly<Record<string, (invocation: Invocation) => Promise<number>>> = {
  health: async (invocation) => (await import('./commands/health.ts')).health(invocation),
  keys: async (invocation) => (await import('./commands/keys.ts')).keys(invocation),
  users: async (invocation) => (await import('./commands/users.ts')).users(invocation),
  servers: async (invocation) => (await import('./commands/servers.ts')).servers(invocation),
};

const VERSION_FLAGS = new Set(['--version', '-v', '-V']);

/** Errors that the user can mend, by name. */
const WRONG_USE = new Set(['SettingsError', 'DirectoryError']);

main(process.argv.slice(2)).catch((error: unknown) => {
  const isExpected = error instanceof Error && WRONG_USE.has(error.name);
  process.stderr.write(`plesk-sso: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = isExpected ? EXIT.wrongUse : EXIT.failed;
});

async function main(args: readonly string[]): Promise<void> {
  const [name = '', ...rest] = args;
  if (args.some((arg) => ['--help', '-h'].includes(arg)) || name === 'help') {
    process.stdout.write((await import('./commands/help.ts')).help());
  } else if (VERSION_FLAGS.has(name)) {
    process.stdout.write(`${(await import('../base/version.ts')).packageVersion()}\n`);
  } else if (name === 'serve') {
    await (await import('./commands/serve.ts')).serve({ args: rest, env: process.env });
  } else if (Object.hasOwn(COMMANDS, name)) {
    process.exitCode = await COMMANDS[name]?.(await invocationOf(rest));
  } else {
    const what = name === '' ? 'what to do is missing' : `${name} is no command`;
    process.stderr.write(`plesk-sso: ${what}; there are serve, health, keys, users and servers (--help)\n`);
    process.exitCode = EXIT.wrongUse;
  }
}

async function invocationOf(args: readonly string[]): Promise<Invocation> {
  const { createPlesk } = await import('./plesk/client.ts');
  const { lookupAll } = await import('./commands/lookup.ts');
  return {
    args,
    env: process.env,
    stdout: (text) => void process.stdout.write(text),
    stderr: (text) => void process.stderr.write(text),
    stdin: readInput,
    clock: systemClock,
    ids: randomIds,
    openPlesk: () => createPlesk({ clock: systemClock }),
    lookup: lookupAll,
  };
}

async function readInput(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) text += String(chunk);
  return text;
}
