import { readSettings } from '../../base/read-settings.ts';
import type { SettingTable } from '../../base/settings.ts';
import { checkSettingValues, flagOf, variableOf } from '../../base/settings.ts';
import { PREFIX, SETTINGS } from '../settings.ts';
import { EXIT } from './exit.ts';
import type { Invocation } from './invocation.ts';

/** What `plesk-sso health` takes. */
export const HEALTH_OPTIONS = {
  metricsPort: {
    kind: 'number',
    value: 'N',
    least: 1,
    most: 65_535,
    says: 'the port on this machine to ask; that of PLESK_SSO_METRICS_PORT, or 9081, without it',
  },
} as const satisfies SettingTable;

/** In milliseconds. */
const PATIENCE = 3000;

/** `plesk-sso health`: asks the service on this machine whether it is ready, and prints what it says. */
export async function health({ args, env, stdout, stderr }: Invocation): Promise<number> {
  const name = variableOf(PREFIX, 'metricsPort');
  const read = readSettings(HEALTH_OPTIONS, args, { [name]: env[name] }, PREFIX);
  const { values, mistakes } = checkSettingValues(
    HEALTH_OPTIONS,
    read.values,
    (option) => read.places[option] ?? `--${flagOf(option)}`,
  );
  const extra = read.positionals.map(({ word }) => `${word} is too much: this is written plesk-sso health`);
  const wrong = [...read.mistakes, ...mistakes, ...extra];
  for (const mistake of wrong) stderr(`plesk-sso: ${mistake}\n`);
  if (wrong.length > 0) return EXIT.wrongUse;
  const { metricsPort = SETTINGS.metricsPort.standard } = values as { readonly metricsPort?: number };
  const url = `http://127.0.0.1:${metricsPort}/readyz`;
  try {
    const answer = await fetch(url, { signal: AbortSignal.timeout(PATIENCE) });
    const said = await answer.text();
    if (answer.ok) stdout(`${said.trim()}\n`);
    else stderr(`plesk-sso: ${url} answers ${answer.status}: ${said.trim()}\n`);
    return answer.ok ? EXIT.ok : EXIT.failed;
  } catch (error) {
    const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
    stderr(`plesk-sso: ${url} does not answer: ${cause instanceof Error ? cause.message : String(cause)}\n`);
    return EXIT.failed;
  }
}
