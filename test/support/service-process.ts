import { createRequire } from 'node:module';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { PEPPER } from './openings.ts';
import type { Program } from './program.ts';
import { startProgram } from './program.ts';
import { CLIENT_AREA } from './service.ts';

const MAIN = fileURLToPath(new URL('../../src/main.ts', import.meta.url));
const TSX = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** How `plesk-sso` is started from its sources. */
export const MAIN_OF_SERVICE: readonly string[] = [process.execPath, '--import', TSX, MAIN];

/** A service in a process of its own. */
export interface ServiceProcess extends Program {
  /** Where it listens; its links have this for their beginning only where they are moved here. */
  readonly url: string;
}

/** Starts `plesk-sso serve` from its sources on a Redis; what still runs when the test is over is killed. */
export async function startServiceProcess(
  directory: string,
  redis: { readonly url: string },
  settings: Readonly<Record<string, string>> = {},
): Promise<ServiceProcess> {
  const program = startProgram(
    ['serve'],
    {
      PLESK_SSO_PUBLIC_URL: 'https://sso.example.com',
      PLESK_SSO_CLIENT_AREA_URL: CLIENT_AREA,
      PLESK_SSO_DIRECTORY: directory,
      PLESK_SSO_PORT: '0',
      PLESK_SSO_METRICS_PORT: '0',
      PLESK_SSO_STORE: redis.url,
      PLESK_SSO_PEPPER_KEYS: 'env:PEPPER',
      PLESK_SSO_OPEN_LIMIT: '1000',
      PLESK_SSO_MODE: 'direct',
      PLESK_SSO_DRAIN_MS: '0',
      PEPPER,
      PLESK_PASSWORD: 'changeme1Q**',
      ...settings,
    },
    MAIN_OF_SERVICE,
  );
  const ready = /^Ready (http:\/\/[^\s,]+)/m;
  const url = ready.exec(await program.printed(ready))?.[1] ?? '';
  return { ...program, url };
}
