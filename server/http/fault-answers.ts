import { STATUS_CODES } from 'node:http';
import type { FaultInput } from '../control/fault-types.ts';
import type { Answer } from './fault-capture.ts';
import { withBody } from './fault-capture.ts';
import { httpDate } from './stamps.ts';

/** What is sent in the place of an answer, or of none. */
export function spoiled(fault: FaultInput, answer: Answer, now: number): Answer {
  switch (fault.fault) {
    case 'status':
      return statusPage(fault.status, now);
    case 'html':
      return htmlPage(now);
    case 'charset':
      return withBody(answer, inCharset(answer.body.toString(), fault.charset ?? 'utf-16'));
    case 'truncated': {
      const { length } = answer.body;
      // All of it would be no fault.
      const bytes = Math.min(fault.bytes ?? Math.floor(length / 2), Math.max(0, length - 1));
      return withBody(answer, answer.body.subarray(0, bytes));
    }
    case 'malformed':
      return withBody(answer, malformed(answer.body));
    case 'oversized':
      return withBody(answer, oversized(answer.body, fault.bytes ?? STANDARD_SIZE));
    case 'errcode':
    case 'delay':
    case 'hang':
    case 'slow':
    case 'reset':
    case 'certificate':
      return answer;
  }
}

/** There is nothing yet. */
export const NO_ANSWER: Answer = { status: 200, headers: [], body: Buffer.alloc(0) };

const STANDARD_SIZE = 10_485_760;

/** As the web server in front of Plesk has them. */
function statusPage(status: number, now: number): Answer {
  const title = `${status} ${STATUS_CODES[status] ?? 'Error'}`;
  return page(
    status,
    'nginx',
    `<html>\r\n<head><title>${title}</title></head>\r\n<body>\r\n<center><h1>${title}</h1></center>\r\n<hr><center>nginx</center>\r\n</body>\r\n</html>\r\n`,
    now,
  );
}

const htmlPage = (now: number): Answer =>
  page(
    200,
    'sw-cp-server',
    '<!DOCTYPE html>\n<html><head><title>Plesk</title></head><body>\n<p>Plesk is being updated.<br>Please try again later.</p>\n</body></html>\n',
    now,
  );

const page = (status: number, server: string, html: string, now: number): Answer =>
  withBody(
    {
      ...NO_ANSWER,
      status,
      headers: [
        ['Server', server],
        ['Date', httpDate(now)],
        ['Content-Type', 'text/html'],
      ],
    },
    Buffer.from(html),
  );

/** Bytes that are no UTF-8, as what header and declaration still say: without a letter of its own no text in ISO 8859-1 is. */
const inCharset = (text: string, charset: 'utf-16' | 'iso-8859-1'): Buffer =>
  charset === 'utf-16'
    ? Buffer.from(text, 'utf16le')
    : Buffer.from(behindProlog(text, '<!-- é -->'), 'latin1');

/** A tag that is never closed, and a bare ampersand, before the last end tag. */
function malformed(body: Buffer): Buffer {
  const text = body.toString();
  const last = text.lastIndexOf('</');
  const at = last === -1 ? text.length : last;
  return Buffer.from(`${text.slice(0, at)}<unclosed>&${text.slice(at)}`);
}

/** With comments in front of all else; each is small enough for readers that have a limit for one. */
function oversized(body: Buffer, bytes: number): Buffer {
  const count = Math.max(0, Math.ceil((bytes - body.length) / COMMENT.length));
  return Buffer.from(behindProlog(body.toString(), COMMENT.repeat(count)));
}

const COMMENT = `<!--${'x'.repeat(65_536 - 8)}-->\n`;

/** Puts something behind the declaration, where there is one: nothing may stand before it. */
function behindProlog(text: string, more: string): string {
  const prolog = /^(?:<\?xml[^>]*\?>\n?|<!doctype[^>]*>\n?)/i.exec(text)?.[0] ?? '';
  return `${prolog}${more}${text.slice(prolog.length)}`;
}
