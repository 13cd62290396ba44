import type { OutgoingHttpHeaders, ServerResponse } from 'node:http';
import type { Control } from '../control/control.ts';
import { ControlError } from '../control/control-error.ts';
import { httpDate } from './stamps.ts';

/** Answers JSON, for people too; nothing where there is none. No other origin may read it. */
export function sendJson(
  response: ServerResponse,
  control: Pick<Control, 'panel'>,
  status: number,
  body: unknown,
  besides: OutgoingHttpHeaders = {},
): void {
  const text = body === undefined ? '' : `${textOf(body)}\n`;
  send(response, control, status, { 'Content-Type': 'application/json', ...besides }, text);
}

/** As JSON; a ControlError where that is longer than a text can be. */
function textOf(body: unknown): string {
  try {
    return JSON.stringify(body, undefined, 2);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new ControlError(413, [
      'the list is too large for one response; ask for parts of it by limit and cursor',
    ]);
  }
}

/** Answers anything of the emulator's own. */
export function send(
  response: ServerResponse,
  { panel }: Pick<Control, 'panel'>,
  status: number,
  headers: OutgoingHttpHeaders,
  body: string,
): void {
  response.sendDate = false;
  response.writeHead(status, {
    Date: httpDate(panel.clock.now()),
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
    ...(status === 204 ? {} : { 'Content-Length': Buffer.byteLength(body) }),
    ...headers,
  });
  response.end(response.req.method === 'HEAD' ? undefined : body);
}
