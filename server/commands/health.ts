import type { SettingTable } from '../../base/settings.ts';
import { askHealth, PATIENCE } from './ask.ts';
import type { Invocation } from './command.ts';
import { EXIT, readOptions, URL_OPTION, urlFrom } from './command.ts';

export const HEALTH_OPTIONS = { url: URL_OPTION } as const satisfies SettingTable;

/** `plesk-emulator health`: prints what a running emulator says of itself; fails where there is none. */
export async function health(invocation: Invocation): Promise<number> {
  const { url } = readOptions(HEALTH_OPTIONS, invocation).values;
  try {
    const said = await askHealth(urlFrom(url, invocation), PATIENCE);
    process.stdout.write(`${JSON.stringify(said)}\n`);
    return EXIT.ok;
  } catch (error) {
    if (!(error instanceof Error) || error.name === 'SettingsError') throw error;
    process.stderr.write(`plesk-emulator: ${error.message}\n`);
    return EXIT.failed;
  }
}
