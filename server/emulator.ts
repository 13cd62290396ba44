import type { RequestListener } from 'node:http';
import { inUrl } from '../base/addresses.ts';
import { systemClock } from '../base/clock.ts';
import { randomIds } from '../base/ids.ts';
import { silentLog } from '../base/log.ts';
import { createApp } from './app.ts';
import { checkSettings } from './config.ts';
import { listen } from './http/server.ts';
import type { EmulatorOptions } from './options.ts';
import type { Release } from './protocol/versions/release.ts';
import { readSeed } from './seed-file.ts';
import { createPanel } from './state/panel.ts';
import { seedAccounts } from './state/seed.ts';
import type { Session } from './state/sessions.ts';

export type { Clock } from '../base/clock.ts';
export type { Ids } from '../base/ids.ts';
export type { Log } from '../base/log.ts';
export { SettingsError } from './config.ts';
export type { EmulatorOptions } from './options.ts';
export type { Release } from './protocol/versions/release.ts';
export { SeedError } from './state/seed.ts';
export type { SeedInput } from './state/seed.ts';
export type { Refusal, Session, SessionContext } from './state/sessions.ts';

/** A running emulator. */
export interface Emulator extends AsyncDisposable {
  /** `http://127.0.0.1:40123`, without a slash at the end. Throws where no port was opened. */
  readonly url: string;
  /** The administrator's credentials for the API. */
  readonly admin: { readonly login: string; readonly password: string };
  readonly release: Release;
  /** Answers requests, with or without a port. */
  readonly app: RequestListener;
  readonly sessions: {
    /** The sessions that have not ended, with the reasons of those who were turned away. */
    list(): Promise<readonly Session[]>;
  };
  /** Back to the accounts of the start, without any session. */
  reset(): Promise<void>;
  /** Closes the port; what is under way may still end within a quarter of a second. */
  close(): Promise<void>;
}

/**
 * Starts a Plesk of its own. Wrong options throw a SettingsError, a wrong seed a SeedError, each naming every
 * mistake; a port that cannot be opened throws an Error that says why.
 */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const {
    seed,
    clock = systemClock,
    ids = randomIds,
    log = silentLog,
    listen: isListening = true,
    ...rest
  } = options;
  const settings = checkSettings({ ...rest, httpPort: rest.httpPort ?? 0 });
  const accounts = seedAccounts(typeof seed === 'string' ? await readSeed(seed) : (seed ?? {}));
  const panel = createPanel({ settings, accounts, clock, ids, log });
  const app = createApp(panel);
  const listening = isListening ? await listen(app, settings.host, settings.httpPort) : undefined;
  const admin = accounts[0];
  if (admin === undefined) throw new Error('there is always an administrator');

  const close = async (): Promise<void> => {
    await listening?.close();
  };
  return {
    get url() {
      if (listening === undefined)
        throw new Error('this emulator was started with listen: false and has no URL');
      return `http://${inUrl(settings.host)}:${listening.port}`;
    },
    admin: { login: admin.login, password: admin.password.reveal() },
    release: panel.release,
    app,
    sessions: { list: () => Promise.resolve(panel.sessions.list(clock.now())) },
    reset: () => {
      panel.accounts.reset();
      panel.sessions.reset();
      return Promise.resolve();
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
