import type { OutgoingHttpHeader, OutgoingHttpHeaders, ServerResponse } from 'node:http';

/** A whole answer, before any of it is sent. */
export interface Answer {
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: OutgoingHttpHeader])[];
  readonly body: Buffer;
}

/** Keeps what a response is answered with, and gives it to `done` in place of the client. */
export function captureAnswer(response: ServerResponse, done: (answer: Answer) => void): void {
  let status = 200;
  let headers: Answer['headers'] = [];
  Object.assign(response, {
    writeHead: (given: number, list: readonly OutgoingHttpHeader[] | OutgoingHttpHeaders = []) => {
      status = given;
      // The journal asks for it.
      response.statusCode = given;
      headers = pairsOf(list);
      return response;
    },
    end: (body: string | Buffer = '') => {
      // Those of the prototype are there again.
      Reflect.deleteProperty(response, 'writeHead');
      Reflect.deleteProperty(response, 'end');
      done({ status, headers, body: Buffer.from(body) });
      return response;
    },
  });
}

function pairsOf(list: readonly OutgoingHttpHeader[] | OutgoingHttpHeaders): Answer['headers'] {
  if (!Array.isArray(list))
    return Object.entries(list).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, value] as const],
    );
  const flat = list as readonly OutgoingHttpHeader[];
  return flat.flatMap((name, at) => (at % 2 === 0 ? [[String(name), flat[at + 1] ?? ''] as const] : []));
}

/** Sends the head of an answer. */
export function writeHead(response: ServerResponse, { status, headers }: Answer): void {
  response.sendDate = false;
  response.writeHead(status, headers.flat());
}

/** Sends an answer as it is. */
export function sendAnswer(response: ServerResponse, answer: Answer): void {
  writeHead(response, answer);
  response.end(response.req.method === 'HEAD' ? undefined : answer.body);
}

/** An answer with a header in place of those of its name. */
export const withHeader = (answer: Answer, name: string, value: OutgoingHttpHeader): Answer => ({
  ...answer,
  headers: [...answer.headers.filter(([other]) => other.toLowerCase() !== name.toLowerCase()), [name, value]],
});

/** An answer with another body, and its length. */
export const withBody = (answer: Answer, body: Buffer): Answer =>
  withHeader({ ...answer, body }, 'Content-Length', body.length);

/** The first value of a header. */
export const headerOf = ({ headers }: Answer, name: string): string | undefined => {
  const [, value] = headers.find(([other]) => other.toLowerCase() === name.toLowerCase()) ?? [];
  return value === undefined ? undefined : String(value);
};
