import type { Interposed, Interposition } from '../agent.ts';
import type { Control } from '../control/control.ts';
import { faultOf } from '../control/fault-codes.ts';
import type { Asked, FaultRow } from '../control/fault-rules.ts';
import { isAfterChange, wordsFor } from '../control/fault-rules.ts';
import type { Panel } from '../state/panel.ts';
import { Delivery } from './delivery.ts';
import { NO_ANSWER, spoiled } from './fault-answers.ts';
import type { Answer } from './fault-capture.ts';
import { captureAnswer, headerOf, sendAnswer, withHeader } from './fault-capture.ts';
import { resetConnection } from './fault-reset.ts';
import { sendHalf, sendSlowly, wait } from './fault-timing.ts';
import { logBug } from './log-lines.ts';
import { REASON, reasonHeader } from './reason.ts';
import type { Exchange } from './records.ts';

/** The two ways in which a request ends. */
export interface Ways {
  /** Does what was asked for, and answers. */
  readonly answer: (interposed: Interposition | undefined) => void;
  /** Notes that nothing was done. */
  readonly unanswered: (why: string) => void;
}

/** Answers a request as the rules of the test want it; to be called where there are any. */
export function answerWithFaults(asked: Asked, exchange: Exchange, control: Control, ways: Ways): void {
  const { request, response } = exchange;
  const { faults, panel } = control;
  const row = faults.onRequest(request, asked);
  const operation = (name: string): Interposed | undefined => {
    const fired = faults.onOperation(request, asked, name);
    return fired && interposedBy(fired, panel);
  };
  if (row === undefined) {
    ways.answer(asked.operations === undefined ? undefined : { packet: undefined, operation });
    return;
  }
  if (panel.log.isOn) logFired(panel, asked, row);
  const delivery = new Delivery();
  exchange.delivery = delivery;
  if (row.fault.fault === 'errcode') {
    ways.answer({ packet: interposedBy(row, panel), operation: () => undefined });
  } else if (isAfterChange(row.fault)) {
    captureAnswer(response, (answer) => {
      send(row, withReason(answer, row), exchange, delivery, panel);
    });
    ways.answer(undefined);
  } else if (row.fault.fault === 'delay') {
    const { generation } = faults;
    wait(response, row.fault.ms, {
      goOn: () => {
        // The test that it belongs to is over.
        if (faults.generation !== generation) {
          resetConnection(request.socket);
          return;
        }
        try {
          captureAnswer(response, (answer) => {
            sendAnswer(response, withReason(answer, row));
          });
          ways.answer(undefined);
        } catch (error) {
          logBug(panel, error, response);
        }
      },
      gone: () => {
        delivery.lost();
        ways.unanswered(`${wordsFor(row)}; the client did not wait`);
      },
    });
  } else {
    send(row, NO_ANSWER, exchange, delivery, panel);
    ways.unanswered(wordsFor(row));
  }
}

function interposedBy(row: FaultRow, { release }: Panel): Interposed | undefined {
  const { fault } = row;
  if (fault.fault !== 'errcode') return undefined;
  return { fault: faultOf(fault, wordsFor(row), release), afterChange: isAfterChange(fault) };
}

/** Sends an answer the way that a rule wants it, if at all. */
function send(
  row: FaultRow,
  answer: Answer,
  { request, response }: Exchange,
  delivery: Delivery,
  panel: Panel,
): void {
  const { fault } = row;
  switch (fault.fault) {
    case 'hang':
      delivery.lost();
      return;
    case 'reset':
      if (fault.at === 'middle') {
        delivery.cut(answer, sendHalf(response, answer));
      } else {
        delivery.lost();
        resetConnection(request.socket);
      }
      return;
    case 'slow':
      sendSlowly(response, answer, fault, (sent) => {
        delivery.cut(answer, sent);
      });
      return;
    case 'delay':
      wait(response, fault.ms, {
        goOn: () => {
          sendAnswer(response, answer);
        },
        gone: () => {
          delivery.lost();
        },
      });
      return;
    case 'status':
    case 'html':
    case 'charset':
    case 'truncated':
    case 'malformed':
    case 'oversized': {
      const sent = withReason(spoiled(fault, answer, panel.clock.now()), row);
      if (isOther(fault.fault, sent, answer)) delivery.replaced(sent);
      sendAnswer(response, sent);
      return;
    }
    case 'errcode':
    case 'certificate':
      throw new Error(`${fault.fault} is not done here`);
  }
}

/** Whether what is sent is no longer Plesk's answer; a redirect has no body to spoil, and a larger body says the same. */
const isOther = (fault: FaultRow['fault']['fault'], sent: Answer, answer: Answer): boolean =>
  fault === 'status' || fault === 'html' || (fault !== 'oversized' && !sent.body.equals(answer.body));

/** Says that a rule fired, before whatever else there is to say. */
function withReason(answer: Answer, row: FaultRow): Answer {
  const [own, said] = [reasonHeader(wordsFor(row)), headerOf(answer, REASON)];
  const both = said === undefined || said.startsWith(own) ? (said ?? own) : `${own}; ${said}`;
  return withHeader(answer, REASON, both.length > MOST ? own : both);
}

/** In characters, as `reasonHeader` has it. */
const MOST = 1024;

function logFired({ log }: Panel, { peer, path }: Asked, row: FaultRow): void {
  log.warn({ peer, path, fault: row.id }, `fault on ${path} for ${peer}: ${wordsFor(row)}`);
}
