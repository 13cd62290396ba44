import { onTestFinished } from 'vitest';
import { Secret } from '../../base/secret.ts';
import type { Emulator } from '../../server/emulator.ts';
import type { PleskServer } from '../../src/directory/directory.ts';
import type { PleskOptions } from '../../src/plesk/client.ts';
import { createPlesk } from '../../src/plesk/client.ts';
import { PleskFailure } from '../../src/plesk/failure.ts';
import type { Plesk, SessionRequest } from '../../src/plesk/plesk.ts';
import { testClock } from './clock.ts';

/** A client that no server hurries and that waits for none for long; closed when the test ends. */
export function newPlesk(options: Partial<PleskOptions> = {}): Plesk {
  const plesk = createPlesk({ clock: testClock(), connectMs: 5000, totalMs: 10_000, ...options });
  onTestFinished(() => plesk.close());
  return plesk;
}

/** A server of the directory: 18.0, with a secret key, its certificate by the CA where there is one. */
export function serverAt(
  at: { readonly origin: string; readonly ca?: string | undefined },
  more: Partial<PleskServer> = {},
): PleskServer {
  return {
    id: 'plesk-1',
    origin: at.origin,
    release: '18.0',
    credentials: { kind: 'key', key: new Secret('5a7b3c1d-0000-4000-8000-0123456789ab') },
    ca: at.ca,
    fingerprint: undefined,
    trustedRedirectHosts: undefined,
    absoluteRedirects: 'any',
    failureRedirectUrl: undefined,
    sendsPhpSessionId: false,
    ...more,
  };
}

/** An emulator as a server of the directory, over HTTPS where it has that, with the administrator's password. */
export function emulatorAt(emulator: Emulator, more: Partial<PleskServer> = {}): PleskServer {
  const { ca, admin } = emulator;
  const origin = ca === undefined ? emulator.url : emulator.httpsUrl;
  const credentials = { kind: 'password', login: admin.login, password: new Secret(admin.password) } as const;
  return serverAt({ origin, ca }, { credentials, ...more });
}

/** A session for carl. */
export const REQUEST: SessionRequest = {
  login: 'carl',
  userIp: '192.0.2.7',
  sourceServer: 'billing.example.com',
};

/** What a failure says. */
export interface Failure {
  readonly code: string;
  readonly attempt: string;
  readonly detail: string;
  readonly errcode: number | undefined;
}

/** The failure that a call ends in; throws where it ends in none. */
export async function failureOf(call: Promise<unknown>): Promise<Failure> {
  const end = await call.then(
    (value: unknown) => new Error(`no failure, but ${JSON.stringify(value)}`),
    (error: unknown) => error,
  );
  if (!(end instanceof PleskFailure)) throw end;
  const { code, attempt, message: detail, errcode } = end;
  return { code, attempt, detail, errcode };
}
