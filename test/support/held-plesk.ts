import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http';
import { request as requestPlainly } from 'node:http';
import { expect } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import { serve } from './browse.ts';

/** A Plesk whose answers to create_session can be held back; the sessions are made nevertheless. */
export interface HeldPlesk {
  /** `http://127.0.0.1:40123`: the API and the panel. */
  readonly url: string;
  /** The sessions that were made, by their ids, and those that session/terminate was asked to end. */
  readonly made: readonly string[];
  readonly ended: readonly string[];
  /** Answers that come from now on wait. */
  hold(): void;
  /** Answers that come from now on do not; those that wait go on waiting. */
  pass(): void;
  /** Sends the answers that wait. */
  letGo(): void;
  /** Resolves when so many answers wait. */
  waiting(count: number): Promise<void>;
}

/** Starts one in front of an emulator, until the test ends. */
export async function startHeldPlesk(plesk: Pick<Emulator, 'url'>): Promise<HeldPlesk> {
  const made: string[] = [];
  const ended: string[] = [];
  const waiting: (() => void)[] = [];
  let isHeld = false;

  const pass = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await textOf(request);
    const answer = await passOn(plesk.url, request, body);
    const isAsked = body.includes('<create_session>');
    const [, id] = (isAsked ? /<id>([\da-f]{32})<\/id>/.exec(answer.body) : null) ?? [];
    const [, end] = /<session-id>([^<]*)<\/session-id>/.exec(body) ?? [];
    if (end !== undefined) ended.push(end);
    const send = (): void => void response.writeHead(answer.status, answer.headers).end(answer.body);
    if (id !== undefined) made.push(id);
    if (id !== undefined && isHeld) waiting.push(send);
    else send();
  };
  const url = await serve((request, response) => {
    void pass(request, response).catch(() => response.destroy());
  });
  return {
    ...{ url, made, ended },
    hold: () => {
      isHeld = true;
    },
    pass: () => {
      isHeld = false;
    },
    letGo: () => {
      for (const send of waiting.splice(0)) send();
    },
    waiting: (count) => expect.poll(() => waiting.length, { timeout: 15_000, interval: 5 }).toBe(count),
  };
}

/** The entry of a server for an emulator behind this address, with the administrator's password. */
export const heldEntry = ({ url }: Pick<HeldPlesk, 'url'>, plesk: Emulator): object => ({
  url,
  release: plesk.release.plesk,
  auth: { login: plesk.admin.login, password: 'env:PLESK_PASSWORD' },
});

interface Passed {
  readonly status: number;
  readonly headers: OutgoingHttpHeaders;
  readonly body: string;
}

function passOn(
  plesk: string,
  { method, url = '/', headers }: IncomingMessage,
  body: string,
): Promise<Passed> {
  return new Promise((resolve, reject) => {
    const options = { agent: false, headers, ...(method === undefined ? {} : { method }) };
    const sent = requestPlainly(plesk + url, options, (response) => {
      const { statusCode: status = 502, headers: answered } = response;
      const kept = Object.entries(answered).filter(([name]) => !OF_CONNECTION.has(name));
      textOf(response).then((text) => {
        resolve({ status, headers: Object.fromEntries(kept), body: text });
      }, reject);
    });
    sent.on('error', reject).end(body);
  });
}

/** Headers that are about a connection, and not about what is in it. */
const OF_CONNECTION: ReadonlySet<string> = new Set(['connection', 'keep-alive', 'transfer-encoding']);

async function textOf(message: IncomingMessage): Promise<string> {
  let text = '';
  message.setEncoding('utf8');
  for await (const chunk of message) text += String(chunk);
  return text;
}
