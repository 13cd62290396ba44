import type { SettingTable } from '../../base/settings.ts';
import { askHealth, PATIENCE } from './ask.ts';
import type { Invocation } from './command.ts';
import { ASKING_OPTIONS, readOptions, urlFrom } from './command.ts';
import { EXIT } from './exit.ts';

const HEALTH_OPTIONS = {
  url: ASKING_OPTIONS.url,
  runDir: ASKING_OPTIONS.runDir,
} as const satisfies SettingTable;

/** `plesk-emulator health`: prints what a running emulator says of itself; fails where there is none. */
export async function health(invocation: Invocation): Promise<number> {
  const url = urlFrom(readOptions(HEALTH_OPTIONS, invocation), invocation);
  try {
    const said = await askHealth(url, PATIENCE);
    process.stdout.write(`${JSON.stringify(said)}\n`);
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    process.stderr.write(`plesk-emulator: ${error.message}\n`);
    return EXIT.failed;
  }
}
