import { packageVersion } from '../../base/version.ts';
import { PREFIX, SETTINGS } from '../settings.ts';
import { HEALTH_OPTIONS } from './health.ts';
import { SERVE_OPTIONS } from './serve.ts';
import { directoryUsage, rowsOf } from './usage.ts';

/** What `--help` prints. */
export const help =
  (): string => `plesk-sso ${packageVersion()}: one-time links that log customers in to their Plesk panels

plesk-sso serve [options]               run the service
plesk-sso health [options]              ask the service on this machine whether it is ready; fails where it is not

serve (each is a variable too: --public-url is ${PREFIX}PUBLIC_URL):
${rowsOf({ ...SETTINGS, ...SERVE_OPTIONS })}

health:
${rowsOf(HEALTH_OPTIONS)}

${directoryUsage()}`;
