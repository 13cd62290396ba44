import type { ServerResponse } from 'node:http';
import { startTimer } from '../../base/timer.ts';
import type { Answer } from './fault-capture.ts';
import { sendAnswer, writeHead } from './fault-capture.ts';
import { resetConnection } from './fault-reset.ts';

/** Waits, by the machine's own time, and goes on, unless the client is gone by then. */
export function wait(
  response: ServerResponse,
  ms: number,
  then: { readonly goOn: () => void; readonly gone: () => void },
): void {
  const leave = (): void => {
    timer.stop();
    then.gone();
  };
  const timer = startTimer(ms, () => {
    response.off('close', leave);
    then.goOn();
  });
  response.once('close', leave);
}

/**
 * Sends an answer a few bytes at a time; one without a body comes late. `gone` gets what was sent of the body to a
 * client that went away before the end.
 */
export function sendSlowly(
  response: ServerResponse,
  answer: Answer,
  { bytes = 8, ms = 50 }: { readonly bytes?: number | undefined; readonly ms?: number | undefined },
  gone: (sent: Buffer) => void,
): void {
  const { length } = answer.body;
  if (length === 0 || response.req.method === 'HEAD') {
    wait(response, ms, {
      goOn: () => {
        sendAnswer(response, answer);
      },
      gone: () => {
        gone(answer.body.subarray(0, 0));
      },
    });
    return;
  }
  writeHead(response, answer);
  response.flushHeaders();
  let sent = 0;
  const sendChunk = (): void => {
    const chunk = answer.body.subarray(sent, sent + bytes);
    sent += bytes;
    if (sent < length) {
      response.write(chunk);
      timer = startTimer(ms, sendChunk);
    } else {
      response.end(chunk);
    }
  };
  let timer = startTimer(ms, sendChunk);
  response.once('close', () => {
    timer.stop();
    if (sent < length) gone(answer.body.subarray(0, sent));
  });
}

/**
 * Sends the head and half of the body, or a part of the head where there is no body, and resets the connection. Answers
 * what it sent of the body.
 */
export function sendHalf(response: ServerResponse, answer: Answer): Buffer {
  const { socket } = response.req;
  // What has come and is not read yet, a reset may take with it.
  const reset = (): void => {
    startTimer(TIME_TO_READ, () => {
      // A client of this process reads between two timers.
      startTimer(1, () => {
        resetConnection(socket);
      });
    });
  };
  const half = answer.body.subarray(0, Math.floor(answer.body.length / 2));
  if (half.length === 0 || response.req.method === 'HEAD') {
    socket.write(`HTTP/1.1 ${answer.status} `, reset);
  } else {
    writeHead(response, answer);
    response.write(half, reset);
  }
  return half;
}

/** In milliseconds. */
const TIME_TO_READ = 20;
