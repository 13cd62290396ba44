import type { Request, Response, Router } from 'express';
import express from 'express';
import type { Context } from '../context.ts';
import type { Destination } from '../links/admit.ts';
import { admit } from '../links/admit.ts';
import { findByToken } from '../links/find.ts';
import type { Link } from '../links/link.ts';
import { openLink, stopsOf } from '../links/open.ts';
import { endOpened } from '../links/revoke.ts';
import type { AuditEvent } from '../observability/audit.ts';
import { ofLink } from '../observability/audit.ts';
import type { ProblemCode } from '../problems.ts';
import { Problem } from '../problems.ts';
import { checkConfirmation, newConfirmation } from './confirmation.ts';
import { exchangeOf, isGone } from './exchange.ts';
import { checkCount, checkReached, count, counted, visitorKey } from './limits.ts';
import { checkNavigation, isPreview } from './navigation.ts';
import { policyFor, sendPage } from './page-answer.ts';
import { languageOf } from './pages/accept-language.ts';
import { problemOf } from './problem-answer.ts';

const METHODS = 'GET, HEAD, POST, OPTIONS';

/** `/sign-in?sso_token=...`, also below a language: where a browser opens a link. */
export function signInRoutes(context: Context): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.all(/^\/(?:[a-z]{2}(?:-[a-zA-Z]{2})?\/)?sign-in$/, async (request, response) => {
    const { method, headers } = request;
    if (method === 'OPTIONS') {
      response.writeHead(204, { Allow: METHODS }).end();
    } else if (method === 'HEAD' || (method === 'GET' && isPreview(headers['user-agent']))) {
      sendPage(response, languageOf(headers['accept-language']), { kind: 'preview' });
    } else if (method === 'GET' || method === 'POST') {
      await open(request, response, context);
    } else {
      throw new Problem('method_not_allowed', {
        message: `Only ${METHODS} are allowed.`,
        headers: { Allow: METHODS },
      });
    }
  });
  return router;
}

/** Opens a link, or shows its button; every outcome but the button stands in the audit. */
async function open(request: Request, response: Response, context: Context): Promise<void> {
  const { address, requestId } = exchangeOf(response);
  let link: Link | undefined;
  const record = (event: AuditEvent, outcome: 'successful' | ProblemCode, problem?: Problem): void => {
    const { detail, errcode } = problem?.parts ?? {};
    const about = link === undefined ? {} : ofLink(link.id, link.terms);
    context.audit.record({ event, outcome, requestId, address, ...about, detail, errcode });
    context.metrics.outcome(event, outcome);
  };
  try {
    await countVisit(address, response, context);
    checkNavigation(request.headers);
    const found = await findByToken(tokenOf(request), context);
    ({ link } = found);
    const destination = await admit(found, address, context);
    if (link.terms.mode === 'confirm' && request.method === 'GET') {
      showButton(link, destination, request, response, context);
      return;
    }
    if (link.terms.mode === 'confirm') await checkConfirmation(request, link.id, context);
    const visitor = { address, isGone: () => isGone(request, response) };
    const location = await openLink(link.id, destination, visitor, context);
    record('opened', 'successful');
    response.writeHead(303, { Location: location, 'Content-Length': 0 }).end();
  } catch (error) {
    const problem = problemOf(error);
    record(eventOf(problem), problem.code, problem);
    await afterwards(problem.code, link, address, context);
    throw error;
  }
}

/** Refuses addresses that open too much, or guess. */
async function countVisit(address: string, response: Response, { settings, store }: Context): Promise<void> {
  const key = visitorKey(address);
  const visits = { name: 'open', most: settings.openLimit } as const;
  const guesses = { name: 'failed', most: settings.failedLimit } as const;
  // Asked at once: to a store that is elsewhere, each question is a way there and back.
  const [visited, guessed] = await Promise.all([count(visits, key, store), counted(guesses, key, store)]);
  checkCount(visits, visited, response);
  checkReached(guesses, guessed, response);
}

function tokenOf({ url }: Request): string {
  const at = url.indexOf('?');
  const tokens = at === -1 ? [] : new URLSearchParams(url.slice(at)).getAll('sso_token');
  const [token = ''] = tokens;
  if (tokens.length > 1) throw new Problem('token_malformed');
  if (token === '') throw new Problem('token_missing');
  return token;
}

function showButton(
  link: Link,
  { server }: Destination,
  request: Request,
  response: Response,
  context: Context,
): void {
  const { nonce, cookie } = newConfirmation(request, link.id, context);
  const { allowedOrigins, publicUrl } = context.settings;
  // Browsers hold every redirect that follows a form against this list, those of the target itself too.
  const stops = new Set(["'self'", ...stopsOf(link, server, publicUrl), ...allowedOrigins]);
  response.setHeader('Content-Security-Policy', policyFor([...stops]));
  response.setHeader('Set-Cookie', cookie);
  sendPage(response, languageOf(request.headers['accept-language']), { kind: 'confirm', nonce });
}

/** What a failure is in the audit. */
function eventOf({ code, parts }: Problem): AuditEvent {
  if (code === 'token_used') return 'reused';
  if (code === 'token_expired') return 'expired';
  return parts.revokes === true ? 'revoked' : 'refused';
}

/** What a failure entails: guesses are counted, and a second opening is an alarm. */
async function afterwards(
  code: ProblemCode,
  link: Link | undefined,
  address: string,
  context: Context,
): Promise<void> {
  const { log, settings, store } = context;
  if (code === 'token_unknown' || code === 'token_malformed')
    await count({ name: 'failed', most: settings.failedLimit }, visitorKey(address), store);
  if (code !== 'token_used' || link === undefined) return;
  log.warn(
    { link: link.id, address },
    `link ${link.id} was opened again, from ${address}: it was opened before`,
  );
  const found = settings.endReusedSessions ? await store.findById(link.id) : undefined;
  if (found !== undefined) await endOpened(found.link, context);
}
