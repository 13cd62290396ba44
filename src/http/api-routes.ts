import type { Request, Response, Router } from 'express';
import express from 'express';
import type { Context } from '../context.ts';
import type { Action, ApiKey } from '../directory/directory.ts';
import { ACTIONS } from '../directory/directory.ts';
import type { AuditEntry } from '../observability/audit.ts';
import { ofLink } from '../observability/audit.ts';
import { Problem } from '../problems.ts';
import type { Answer } from './actions.ts';
import { RUNS } from './actions.ts';
import { authenticate, checkAction } from './api-key.ts';
import type { Exchange } from './exchange.ts';
import { exchangeOf } from './exchange.ts';
import { userIdIn } from './api-schemas.ts';
import { readJson } from './json-body.ts';
import type { Limit } from './limits.ts';
import { checkCount, count } from './limits.ts';
import { problemOf } from './problem-answer.ts';

/** The heading of the public document spells it so. */
const SPELLINGS: Readonly<Record<string, Action>> = {
  'Clients/CreateClientSssoToken': 'Clients/CreateClientSsoToken',
};

const API = /^\/(?:index\.php\/)?api\//;
const IDEMPOTENCY_KEY = /^[!-~]{8,191}$/;

/** `POST /api/<action>` and `POST /index.php/api/<action>`; `isDraining` says whether links may no longer be made. */
export function apiRoutes(context: Context, isDraining: () => boolean): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.all(API, async (request, response) => {
    if (request.method !== 'POST') throw new Problem('method_not_allowed', { headers: { Allow: 'POST' } });
    // Not as a parameter, which Express would decode: one that cannot be is no bug of ours.
    const action = actionOf(request.path.replace(API, ''));
    const asked: Asked = { action, exchange: exchangeOf(response) };
    try {
      const answer = await run(asked, request, response, context, isDraining);
      for (const { event, link } of answer.events)
        record({ event, outcome: 'successful', ...ofLink(link.id, link.terms) }, asked, context);
      sendData(response, answer);
    } catch (error) {
      const { code, parts } = problemOf(error);
      const detail = parts.detail === undefined ? {} : { detail: parts.detail };
      record(
        { event: 'refused', outcome: code, keyId: asked.key?.id, userId: asked.userId, ...detail },
        asked,
        context,
      );
      throw error;
    }
  });
  return router;
}

/** A call while it is answered; its key is known once it was let in, its user once the body was read. */
interface Asked {
  readonly action: Action;
  readonly exchange: Exchange;
  key?: ApiKey;
  userId?: number | undefined;
}

async function run(
  asked: Asked,
  request: Request,
  response: Response,
  context: Context,
  isDraining: () => boolean,
): Promise<Answer> {
  const { action, exchange } = asked;
  const key = authenticated(request, exchange.address, context);
  asked.key = key;
  checkAction(key, action);
  const isIssue = action === 'Clients/CreateClientSsoToken';
  if (isIssue && isDraining())
    throw new Problem('draining', { retryAfter: 2, headers: { Connection: 'close' } });
  const limit = limitOf(action, context.settings);
  checkCount(limit, await count(limit, key.id, context.store), response);
  const body = await readJson(request);
  asked.userId = userIdIn(body);
  return RUNS[action]({ key, body, idempotencyKey: idempotencyKeyOf(request) }, context);
}

/** Beyond the limit of an address it does not matter what is wrong with the key. */
function authenticated(request: Request, address: string, context: Context): ApiKey {
  try {
    return authenticate(request, address, context);
  } catch (error) {
    if (context.wrongKeys.isTooMany(address)) throw new Problem('rate_limited', { retryAfter: 60 });
    throw error;
  }
}

function limitOf(action: Action, { issueLimit, getLimit, revokeLimit }: Context['settings']): Limit {
  switch (action) {
    case 'Clients/CreateClientSsoToken':
      return { name: 'issue', most: issueLimit };
    case 'Clients/GetClientSsoToken':
      return { name: 'get', most: getLimit };
    case 'Clients/RevokeClientSsoToken':
      return { name: 'revoke', most: revokeLimit };
  }
}

function actionOf(name: string): Action {
  const action = Object.hasOwn(SPELLINGS, name) ? SPELLINGS[name] : ACTIONS.find((one) => one === name);
  if (action === undefined) throw new Problem('action_not_found');
  return action;
}

function idempotencyKeyOf({ headers }: Request): string | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !IDEMPOTENCY_KEY.test(key)) throw new Problem('idempotency_key_invalid');
  return key;
}

function record(
  entry: Omit<AuditEntry, 'requestId' | 'address' | 'action'>,
  { action, exchange: { address, requestId } }: Asked,
  { audit, metrics }: Context,
): void {
  audit.record({ ...entry, action, address, requestId });
  metrics.outcome(entry.event, entry.outcome);
}

function sendData(response: Response, { data }: Answer): void {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify({ status: 'successful', data }));
}
