import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { packageVersion } from '../../base/version.ts';
import type { Control } from '../control/control.ts';
import { controlRefusal } from './control-access.ts';
import { send, sendJson } from './control-answers.ts';
import { INSPECTOR_FILES } from './inspector-files.ts';
import { logBug } from './log-lines.ts';
import { pathOf } from './request.ts';

/** What the emulator knows of itself, beside the Plesk that it plays. */
export interface EmulatorFacts {
  /** The CA that clients of HTTPS have to trust, in PEM. */
  readonly ca: string | undefined;
  /** Whether all ports are open. */
  readonly isReady: () => boolean;
}

/** Where tests and scripts reach the emulator itself; Plesk has nothing below this path. */
export const CONTROL_PATH = '/_emulator';

type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/**
 * Everything below `/_emulator`: the emulator's own, and none of Plesk's. `health` and `ca.pem` are there for
 * everybody; all else as `controlRefusal` says, and imported when it is asked for.
 */
export function controlRoutes(control: Control, facts: EmulatorFacts): RequestListener {
  const { panel } = control;
  const open = new Map<string, Answer>([
    [
      '/health',
      (_request, response) => {
        sendHealth(response, control, facts.isReady());
      },
    ],
    [
      '/ca.pem',
      (_request, response) => {
        sendAuthority(response, control, facts.ca);
      },
    ],
  ]);
  const guarded = new Map<string, Answer>([
    ['/rules', (_request, response) => sendRules(response, control)],
    ['/openapi.json', (_request, response) => sendOpenApi(response, control)],
    [
      '/events',
      async (request, response) => {
        (await import('./control-events.ts')).sendEvents(request, response, control);
      },
    ],
    [
      '',
      (_request, response) => {
        send(response, control, 308, { Location: `${CONTROL_PATH}/` }, '');
      },
    ],
    ...[...INSPECTOR_FILES].map(([path, name]): [string, Answer] => [
      path,
      async (_request, response) => {
        await (await import('./inspector-route.ts')).sendInspectorFile(name, response, control);
      },
    ]),
  ]);

  const answer = (request: IncomingMessage, response: ServerResponse): void | Promise<void> => {
    const path = pathOf(request).slice(CONTROL_PATH.length);
    const toAll = open.get(path);
    const refusal = toAll === undefined ? controlRefusal(request, panel.settings) : undefined;
    if (refusal !== undefined) {
      const { status, error, headers } = refusal;
      sendJson(response, control, status, { error, mistakes: [error] }, headers);
      return undefined;
    }
    const page = toAll ?? guarded.get(path);
    if (page === undefined) return answerByCall(path, request, response, control);
    if (request.method === 'GET' || request.method === 'HEAD') return page(request, response);
    const error = `${String(request.method)} is not for this; use GET`;
    sendJson(response, control, 405, { error, mistakes: [error] }, { Allow: 'GET, HEAD' });
    return undefined;
  };
  return (request, response) => {
    Promise.resolve(answer(request, response)).catch((error: unknown) => {
      logBug(panel, error, response);
    });
  };
}

async function answerByCall(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  control: Control,
): Promise<void> {
  const { answerCall } = await import('./control-api.ts');
  answerCall(path, request, response, control);
}

function sendHealth(response: ServerResponse, control: Control, ready: boolean): void {
  const { release, startedAt } = control.panel;
  sendJson(response, control, ready ? 200 : 503, {
    ready,
    release: release.plesk,
    title: release.title,
    packetVersion: release.protocol,
    version: packageVersion(),
    startedAt: new Date(startedAt).toISOString(),
  });
}

async function sendRules(response: ServerResponse, control: Control): Promise<void> {
  const { RULES, countByKind } = await import('../rules.ts');
  const rules = RULES.map(({ id, source }) => ({ id, ...source }));
  sendJson(response, control, 200, { counts: countByKind(RULES), rules });
}

async function sendOpenApi(response: ServerResponse, control: Control): Promise<void> {
  const { openApi } = await import('./control-openapi.ts');
  sendJson(response, control, 200, openApi());
}

function sendAuthority(response: ServerResponse, control: Control, ca: string | undefined): void {
  const error = 'there is no CA: HTTPS is off, or has a certificate of your own';
  if (ca === undefined) sendJson(response, control, 404, { error, mistakes: [error] });
  else send(response, control, 200, { 'Content-Type': 'application/x-pem-file' }, ca);
}
