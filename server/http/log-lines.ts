import type { ServerResponse } from 'node:http';
import type { AgentAnswer } from '../agent.ts';
import type { Outcome } from '../panel/door.ts';
import { Fault } from '../protocol/faults.ts';
import type { Panel } from '../state/panel.ts';

/** One line for a packet: who sent it, and what became of each operation. Nothing in it can be used to log in. */
export function logPacket({ log }: Panel, peer: string, packet: AgentAnswer, took: number): void {
  const { caller, version, fault, operations } = packet;
  const head = `packet ${version ?? 'without version'} from ${peer}${caller === undefined ? '' : ` by ${caller}`}`;
  const fields = {
    peer,
    caller,
    version,
    errcode: fault?.rule.errcode,
    operations: operations.map(({ name, results }) => ({ name, errcodes: results.map(errcodeOf) })),
    ms: took,
  };
  if (fault !== undefined) {
    log.warn(fields, `${head}: refused, ${faultText(fault)}`);
    return;
  }
  const done = operations.map(
    ({ name, results, remarks }) => `${name} ${[...results.map(resultText), ...remarks].join(', ')}`,
  );
  const failed = operations.some(({ results }) => results.some((result) => result instanceof Fault));
  log[failed ? 'warn' : 'info'](fields, `${head}: ${done.join('; ')}`);
}

const errcodeOf = (result: unknown): number => (result instanceof Fault ? result.rule.errcode : 0);

const resultText = (result: unknown): string => (result instanceof Fault ? faultText(result) : 'ok');

const faultText = ({ rule, errtext, detail }: Fault): string =>
  `${rule.errcode} ${errtext}${detail === undefined ? '' : ` (${detail})`}`;

/** One line for a browser at a door, with the reason that the browser is not told. */
export function logLogin({ log }: Panel, peer: string, { isIn, reason, login }: Outcome): void {
  log[isIn ? 'info' : 'warn'](
    { peer, login, isIn },
    `login from ${peer}: ${isIn ? '' : 'refused, '}${reason}`,
  );
}

/** A bug of ours: the stack in the log, HTTP 500 and nothing else on the wire. */
export function logBug({ log }: Pick<Panel, 'log'>, error: unknown, response: ServerResponse): void {
  log.error(
    { err: error },
    `a bug of the emulator: ${error instanceof Error ? (error.stack ?? error.message) : 'unknown'}`,
  );
  if (response.headersSent) response.destroy();
  else
    response
      .writeHead(500, { 'Content-Type': 'text/plain' })
      .end('plesk-emulator failed; its log says why\n');
}
