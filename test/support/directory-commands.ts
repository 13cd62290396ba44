import { randomIds } from '../../base/ids.ts';
import type { Invocation } from '../../src/commands/invocation.ts';
import { createPlesk } from '../../src/plesk/client.ts';
import { testClock } from './clock.ts';
import { PEPPER_KEY } from './directory-file.ts';

/** How a command ended. */
export interface CommandEnd {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Calls a command as the program does, with a directory file, a clock that stands still, and what is given besides. */
export async function call(
  command: (invocation: Invocation) => Promise<number>,
  file: string,
  args: readonly string[],
  { input, ...more }: Partial<Invocation> & { readonly input?: string } = {},
): Promise<CommandEnd> {
  let stdout = '';
  let stderr = '';
  const clock = testClock();
  const code = await command({
    args,
    env: { PLESK_SSO_DIRECTORY: file, PLESK_SSO_PEPPER_KEYS: 'env:PEPPER', PEPPER: PEPPER_KEY },
    stdout: (text) => (stdout += text),
    stderr: (text) => (stderr += text),
    stdin: () => Promise.resolve(input ?? ''),
    clock,
    ids: randomIds,
    openPlesk: () => createPlesk({ clock, connectMs: 5000, totalMs: 10_000 }),
    lookup: () => Promise.reject(new Error('there are no names in tests')),
    ...more,
  });
  return { code, stdout, stderr };
}
