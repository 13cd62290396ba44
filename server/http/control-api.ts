import type { IncomingMessage, ServerResponse } from 'node:http';
import { brokenJson } from '../../base/broken-json.ts';
import { nearestName } from '../../base/nearest.ts';
import type { Control } from '../control/control.ts';
import { ControlError } from '../control/control-error.ts';
import type { CallName } from '../control/routes.ts';
import { routeOf, ROUTES } from '../control/routes.ts';
import { runCall } from '../control/run-call.ts';
import { readBody } from './body.ts';
import { sendJson } from './control-answers.ts';
import { logBug } from './log-lines.ts';
import { pathOf, queryOf } from './request.ts';

/** The largest input of a call, in bytes. */
const MOST = 1_048_576;

/** Answers a call of the control; `path` is what stands below `/_emulator`. */
export function answerCall(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  control: Control,
): void {
  const { method = '' } = request;
  const found = ROWS.flatMap((row) => {
    const match = row.pattern.exec(path);
    return match === null ? [] : [{ ...row, params: match.groups ?? {} }];
  });
  const row = found.find((one) => one.method === (method === 'HEAD' ? 'GET' : method));
  if (found.length === 0) {
    refuse(response, control, 404, [unknownRoute(pathOf(request), path)]);
  } else if (row === undefined) {
    const allow = found.map((one) => one.method).join(', ');
    refuse(response, control, 405, [`${method} is not for this; use ${allow}`], { Allow: allow });
  } else {
    readBody(request, MOST, (body) => {
      run(row, body, request, response, control).catch((error: unknown) => {
        if (error instanceof ControlError) refuse(response, control, error.status, error.mistakes);
        else logBug(control.panel, error, response);
      });
    });
  }
}

interface Row {
  readonly name: CallName;
  readonly method: string;
  readonly path: string;
  readonly pattern: RegExp;
}

const ROWS: readonly Row[] = (Object.keys(ROUTES) as CallName[]).map((name) => {
  const { method, path } = routeOf(name);
  return { name, method, path, pattern: new RegExp(`^${path.replace(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`) };
});

async function run(
  { name, method, params }: Row & { readonly params: Readonly<Record<string, string>> },
  body: Buffer | 'too large',
  request: IncomingMessage,
  response: ServerResponse,
  control: Control,
): Promise<void> {
  if (body === 'too large') throw new ControlError(413, [`an input holds at most ${MOST} bytes`]);
  const query = method === 'GET' ? Object.fromEntries(new URLSearchParams(queryOf(request))) : {};
  const gone = new AbortController();
  response.once('close', () => {
    gone.abort();
  });
  const input = { ...query, ...jsonIn(body), ...decoded(params) };
  const answer = await runCall(name, input, control, gone.signal);
  if (answer === undefined) sendJson(response, control, 204, undefined);
  else sendJson(response, control, 200, answer);
}

function jsonIn(body: Buffer): object {
  const text = body.toString();
  if (text.trim() === '') return {};
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    throw new ControlError(400, [`the body is no JSON: ${brokenJson(text) ?? 'it cannot be parsed'}`]);
  }
  if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed;
  throw new ControlError(400, ['the body is no JSON object']);
}

function decoded(params: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(params).map(([name, text]) => {
      try {
        return [name, decodeURIComponent(text)];
      } catch {
        throw new ControlError(400, [`${name}: '${text}' in the path is not percent-encoded as UTF-8`]);
      }
    }),
  );
}

/** What is there besides the calls. */
const PAGES = ['/health', '/ca.pem', '/rules', '/events', '/openapi.json'];

function unknownRoute(whole: string, path: string): string {
  const paths = [...new Set([...PAGES, ...ROWS.map((row) => row.path)])];
  const near = nearestName(path, paths);
  return `there is no ${whole};${near === undefined ? '' : ` do you mean /_emulator${near}?`} /_emulator/openapi.json lists what there is`;
}

function refuse(
  response: ServerResponse,
  control: Control,
  status: number,
  mistakes: readonly string[],
  headers: Readonly<Record<string, string>> = {},
): void {
  sendJson(
    response,
    control,
    status,
    { error: new ControlError(status, mistakes).message.trim(), mistakes },
    headers,
  );
}
