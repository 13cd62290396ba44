import type { ServerResponse } from 'node:http';
import { withoutSecrets } from '../../base/secret.ts';
import type { AgentAnswer } from '../agent.ts';
import type { Received } from '../control/journal.ts';
import type { Outcome } from '../panel/door.ts';
import { Fault } from '../protocol/faults.ts';
import type { Panel } from '../state/panel.ts';

/** One line for a packet: who sent it, and what became of each operation. Nothing in it can be used to log in. */
export function logPacket(
  { log }: Panel,
  peer: string,
  packet: AgentAnswer,
  took: number,
  received?: Received,
): void {
  const { caller, version, fault, operations } = packet;
  const shown = operations.slice(0, SHOWN);
  const head = `packet ${version ?? 'without version'} from ${peer}${caller === undefined ? '' : ` by ${caller}`}`;
  const fields = {
    peer,
    login: caller,
    version: version === undefined ? undefined : withoutSecrets(version),
    errcode: fault?.rule.errcode,
    operations: shown.map(({ name, results }) => ({ name, errcodes: results.map(errcodeOf) })),
    ms: took,
  };
  if (fault !== undefined) {
    log.warn(fields, line(`${head}: refused, ${faultText(fault)}`));
    return;
  }
  const done = shown.map(
    ({ name, results, remarks }) => `${name} ${[...results.map(resultText), ...remarks].join(', ')}`,
  );
  if (operations.length > SHOWN) done.push(`and ${operations.length - SHOWN} more`);
  if (received !== undefined) done.push(NOT_RECEIVED);
  const failed = operations.some(({ results }) => results.some((result) => result instanceof Fault));
  log[failed || received !== undefined ? 'warn' : 'info'](fields, line(`${head}: ${done.join('; ')}`));
}

/** The line of the fault says more. */
const NOT_RECEIVED = 'a fault kept this answer from the client';

/** A packet may hold thousands of operations; the first few tell. */
const SHOWN = 20;

/** A message on one line, whatever came from outside: control characters are written out, and it has an end. */
function line(message: string): string {
  // Masked before it is cut: half a token is no longer known for one.
  const safe = withoutSecrets(message);
  const short = safe.length > LONGEST ? `${safe.slice(0, LONGEST)}...` : safe;
  return short.replace(
    /[\p{Cc}\p{Cf}\u2028\u2029]/gu,
    (found) => `\\u{${(found.codePointAt(0) ?? 0).toString(16)}}`,
  );
}

const LONGEST = 2000;

const errcodeOf = (result: unknown): number => (result instanceof Fault ? result.rule.errcode : 0);

const resultText = (result: unknown): string => (result instanceof Fault ? faultText(result) : 'ok');

const faultText = ({ rule, errtext, detail }: Fault): string =>
  `${rule.errcode} ${errtext}${detail === undefined ? '' : ` (${detail})`}`;

/** What a line says of a browser at a door. */
export type DoorEvent = Pick<Outcome, 'isIn' | 'reason' | 'login'>;

/** One line for a browser at a door, with the reason that the browser is not told. */
export function logLogin(
  { log }: Panel,
  peer: string,
  { isIn, reason, login }: DoorEvent,
  received?: Received,
): void {
  const lost = received === undefined ? '' : `; ${NOT_RECEIVED}`;
  log[isIn && received === undefined ? 'info' : 'warn'](
    { peer, login: login === undefined ? undefined : shownLogin(login), isIn },
    line(`login from ${peer}: ${isIn ? '' : 'refused, '}${reason}${lost}`),
  );
}

/** A login as somebody typed it, which may be a token, or have no end. */
const shownLogin = (login: string): string => withoutSecrets(login).slice(0, LONGEST_LOGIN);

const LONGEST_LOGIN = 255;

/** One line for a browser that logs out, or has nothing to log out of. */
export function logLogout({ log }: Panel, peer: string, { reason, login }: DoorEvent): void {
  log.info({ peer, login }, line(`logout from ${peer}: ${reason}`));
}

/** One line for a page that was asked for and not shown; `path` without its query, which may hold a password. */
export function logPage(
  { log }: Panel,
  peer: string,
  path: string,
  what: string,
  level: 'info' | 'warn' = 'warn',
): void {
  if (!log.isOn) return;
  const shown = withoutSecrets(path);
  log[level]({ peer, path: shown }, line(`page ${shown} for ${peer}: ${what}`));
}

/** One line for a client that no request came from. */
export function logLost({ log }: Panel, peer: string, why: string): void {
  log.warn({ peer }, line(`no request from ${peer}: ${why}`));
}

/** A bug of ours: the stack in the log, or on standard error where there is none, and HTTP 500. */
export function logBug({ log }: Pick<Panel, 'log'>, error: unknown, response: ServerResponse): void {
  const said = `a bug of the emulator: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}`;
  if (log.isOn) log.error({ err: error }, said);
  else process.stderr.write(`plesk-emulator: ${said}\n`);
  if (response.headersSent) response.destroy();
  else
    response
      .writeHead(500, { 'Content-Type': 'text/plain' })
      .end('plesk-emulator failed; its log says why\n');
}
