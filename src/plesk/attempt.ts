import type { Dispatcher, Pool } from 'undici';
import type { Attempt } from '../links/link.ts';
import { NoConnection } from './connect.ts';
import { detailOf, wordsOf } from './detail.ts';
import { PleskFailure } from './failure.ts';

/** A packet on its way. */
export interface Message {
  readonly headers: Readonly<Record<string, string>>;
  readonly packet: string;
  /** What an attempt is once the packet may have been sent, and no answer came that can be read. */
  readonly sent: Attempt;
  /** The largest answer that is read. */
  readonly mostBytes: number;
}

const PATH = '/enterprise/control/agent.php';
const XML = /^(?:text|application)\/xml *(?:; *charset="?utf-8"? *)?$/i;

/** What an attempt goes by. */
interface Course {
  /** Ends it: nothing is sent that was not, and what comes back goes to nobody. */
  readonly signal: AbortSignal;
  /** Called once there is a connection for it. */
  readonly onConnection: () => void;
}

/** Posts a packet once and answers the body; throws a NoConnection where nothing was sent, else a PleskFailure. */
export function attempt(
  pool: Pool,
  { headers, packet, sent, mostBytes }: Message,
  { signal, onConnection }: Course,
): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    let controller: Dispatcher.DispatchController | undefined;
    const chunks: Buffer[] = [];
    let size = 0;
    const fail = (failure: PleskFailure): void => {
      reject(failure);
      controller?.abort(failure);
    };
    const unusable = (detail: string): void => {
      fail(new PleskFailure('plesk_bad_response', sent, detail));
    };
    const giveUp = (): void => {
      fail(
        controller === undefined
          ? new PleskFailure('plesk_timeout', 'uncounted', 'no connection in the time of a request')
          : new PleskFailure('plesk_timeout', sent, 'no whole answer in the time of a request'),
      );
    };
    if (signal.aborted) {
      giveUp();
      return;
    }
    signal.addEventListener('abort', giveUp, { once: true });

    const handler: Dispatcher.DispatchHandler = {
      // Called when the packet is about to be written, in one piece; never is it written twice.
      onRequestStart(started) {
        onConnection();
        if (signal.aborted || controller !== undefined) started.abort(new Error('given up'));
        else controller = started;
      },
      onResponseStart(_controller, status, head) {
        if (status < 200) return;
        const type = head['content-type'];
        if (status !== 200) unusable(`HTTP status ${status}`);
        else if (typeof type !== 'string' || !XML.test(type))
          unusable(detailOf(`Content-Type ${String(type)}`));
      },
      onResponseData(_controller, chunk) {
        size += chunk.length;
        if (size > mostBytes) unusable(`the answer is larger than ${mostBytes} bytes`);
        else chunks.push(chunk);
      },
      onResponseEnd() {
        resolve(Buffer.concat(chunks));
      },
      onResponseError(_controller, error) {
        if (controller !== undefined) unusable(`the connection broke: ${wordsOf(error)}`);
        else reject(error instanceof NoConnection ? error : new NoConnection('unreachable', wordsOf(error)));
      },
    };
    pool.dispatch({ method: 'POST', path: PATH, headers: { ...headers, ...TYPE }, body: packet }, handler);
  });
}

const TYPE = { 'Content-Type': 'text/xml' } as const;
