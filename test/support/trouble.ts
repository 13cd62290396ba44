import { expect, onTestFinished } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import { startEmulator } from '../../server/emulator.ts';
import { GROUPS } from '../../src/http/pages/groups.ts';
import { failureOf, TEXTS } from '../../src/http/pages/texts.ts';
import type { PleskFailureCode } from '../../src/plesk/failure.ts';
import type { AuditEntry, ServiceOptions } from '../../src/service.ts';
import type { Page } from './browse.ts';
import { browse } from './browse.ts';
import type { MisbehavingServer } from './misbehaving.ts';
import { startMisbehaving } from './misbehaving.ts';
import { SESSION_ID } from './misbehaviours.ts';
import type { StartedService } from './service.ts';
import { API_KEY, CLIENT_AREA, directoryOf, startBoth, startService } from './service.ts';

/** The password of the emulators' administrator, by which a directory's servers are asked. */
export const ADMIN_PASSWORD = 'changeme1Q**';

/** What each failure of Plesk is over HTTP; token-service.md, 8.2. */
const STATUS: Readonly<Partial<Record<PleskFailureCode, number>>> = {
  plesk_user_not_found: 409,
  plesk_user_disabled: 409,
  plesk_auth_failed: 502,
  plesk_api_forbidden: 502,
  plesk_permission_denied: 502,
  plesk_bad_response: 502,
  plesk_tls_error: 502,
  plesk_unreachable: 503,
  plesk_circuit_open: 503,
  plesk_busy: 503,
  plesk_timeout: 504,
};

/** A service whose one Plesk goes wrong as a test wants it, and is an emulator while it is well. */
export interface Trouble extends StartedService {
  readonly plesk: Emulator;
  readonly server: MisbehavingServer;
}

/** Neither breaker nor limit stands in the way of these tests, unless an option says so. */
const PATIENT = { breakerFailures: 1000, openLimit: 1000, pleskTotalMs: 20_000 };

/** Starts one with a server of our own in front of the emulator, for what the emulator cannot do wrong. */
export async function startTrouble(
  options: Partial<ServiceOptions> = {},
  scheme: 'http' | 'https' = 'http',
): Promise<Trouble> {
  const plesk = await startEmulator({ seed: 'demo' });
  onTestFinished(() => plesk.close());
  const server = await startMisbehaving({ scheme, plesk: plesk.url });
  const directory = directoryOf({ 'plesk-1': troubleEntry(server) });
  return { ...(await startService(directory, { ...PATIENT, ...options })), plesk, server };
}

/** Starts one whose Plesk is asked without a detour, and goes wrong by itself as its faults say. */
export const startFaults = (options: Partial<ServiceOptions> = {}): ReturnType<typeof startBoth> =>
  startBoth({}, { ...PATIENT, ...options });

/** The entry of a server that may go wrong, `more` replacing what is to be otherwise. */
export const troubleEntry = ({ origin, ca }: MisbehavingServer, more: object = {}): object => ({
  ...{ url: origin, ca, release: '18.0' },
  auth: { login: 'admin', password: 'env:PLESK_PASSWORD' },
  ...more,
});

/** Opens a link in vain so many times, as a program and as a person in turns, and checks every answer. */
export async function pressInVain(link: string, code: PleskFailureCode, times: number): Promise<void> {
  for (let time = 0; time < times; time++) {
    if (time % 2 === 0) expectJson(await browse(link), code);
    else expectPage(await browse(link, { headers: PERSON }), code, link);
  }
}

/** The headers of a browser with a person in front of it. */
export const PERSON = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8', 'Accept-Language': 'en' };

/** Codes that may be over soon, so that the answer says when to come back. */
const SOON: readonly PleskFailureCode[] = [
  'plesk_unreachable',
  'plesk_circuit_open',
  'plesk_busy',
  'plesk_timeout',
];

function expectAnswer({ status, location, headers }: Page, code: PleskFailureCode): void {
  expect({ status, location }).toEqual({ status: STATUS[code], location: undefined });
  expect(headers['retry-after']).toEqual(SOON.includes(code) ? '2' : undefined);
  expect(headers['cache-control']).toBe('no-store');
}

function expectJson(page: Page, code: PleskFailureCode): void {
  expectAnswer(page, code);
  expect(page.headers['content-type']).toBe('application/json; charset=utf-8');
  expect(JSON.parse(page.body)).toEqual({
    status: 'error',
    code,
    message: expect.stringMatching(/^[A-Z][\w', ]+\.$/) as string,
    request_id: page.headers['x-request-id'],
  });
}

function expectPage(page: Page, code: PleskFailureCode, link: string): void {
  expectAnswer(page, code);
  const { body, headers } = page;
  expect(headers['content-type']).toBe('text/html; charset=utf-8');
  const { title, happened, again } = failureOf(TEXTS.en, GROUPS[code]);
  expect(again).toBeDefined();
  for (const told of [title, happened, again ?? '', String(headers['x-request-id'])]) {
    expect(body).toContain(told);
  }
  expect(body).toContain('href="">Try again</a>');
  expect(body).toContain(`href="${CLIENT_AREA}">Back to the client area</a>`);
  expect(body).not.toMatch(/plesk|errcode|127\.0\.0\.1|sso_token/i);
  expect(body).not.toContain(tokenOf(link));
}

const tokenOf = (link: string): string => new URL(link).searchParams.get('sso_token') ?? link;

/** Opens a link whose Plesk is well again. */
export async function expectOpens(link: string): Promise<void> {
  const { status, location = '' } = await browse(link);
  expect({ status, location }).toEqual({
    status: 303,
    location: expect.stringMatching(/\/enterprise\/rsession_init\.php\?PLESKSESSID=[\da-f]{32}$/) as string,
  });
}

/** What the audit has to hold of a link that was opened in vain so many times, and then was opened. */
export function expectAudited(
  audit: readonly AuditEntry[],
  code: PleskFailureCode,
  times: number,
  errcode?: number,
): void {
  const [{ linkId } = {}] = audit;
  const about = { linkId, userId: 18, keyId: 'billing', server: 'plesk-1', serviceId: 101 };
  const told = expect.stringMatching(/./) as string;
  const refused = { event: 'refused', outcome: code, address: '127.0.0.1', ...about, errcode, detail: told };
  expect(audit).toMatchObject([
    { event: 'issued', outcome: 'successful', ...about },
    ...Array<typeof refused>(times).fill(refused),
    { event: 'opened', outcome: 'successful', ...about, errcode: undefined, detail: undefined },
  ]);
}

/** Nothing that lets anybody in stands in log or audit. */
export async function expectNoSecrets(
  { audit, lines, plesk }: Omit<Trouble, 'server'>,
  ...links: string[]
): Promise<void> {
  const sessions = (await plesk.sessions.list()).map(({ id }) => id);
  const secrets = [...links.map(tokenOf), ...sessions, SESSION_ID, ADMIN_PASSWORD, API_KEY];
  const written = [...lines, ...audit.map((entry) => JSON.stringify(entry))].join('\n');
  for (const secret of secrets) expect(written).not.toContain(secret);
}
