import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Context } from '../context.ts';
import { StoreUnavailable } from '../links/store.ts';
import type { ProblemCode } from '../problems.ts';
import { Problem, PROBLEMS } from '../problems.ts';
import { exchangeOf } from './exchange.ts';
import { sendPage } from './page-answer.ts';
import { languageOf } from './pages/accept-language.ts';

/** Seconds after which a store, or another replica, is likely to be there. */
const RETRY_AFTER = 2;

/** The Problem that an error is: its own, the store's, or our own bug. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof StoreUnavailable)
    return new Problem('store_unavailable', { retryAfter: RETRY_AFTER, detail: error.message });
  return new Problem('internal_error');
}

/** Failures that leave a link as it was, worth another try from the page itself. */
const MAY_RETRY: ReadonlySet<ProblemCode> = new Set<ProblemCode>([
  'csrf_failed',
  'token_in_use',
  'store_unavailable',
  'rate_limited',
  'plesk_auth_failed',
  'plesk_api_forbidden',
  'plesk_permission_denied',
  'plesk_bad_response',
  'plesk_tls_error',
  'plesk_server_unusable',
  'plesk_user_not_found',
  'plesk_user_disabled',
  'plesk_unreachable',
  'plesk_circuit_open',
  'plesk_busy',
  'plesk_timeout',
]);

/** The one way out for failures: JSON for programs, a page for people, the same status for both. */
export function problemAnswer(context: Context): ErrorRequestHandler {
  return (error: unknown, request, response, next) => {
    const problem = problemOf(error);
    if (problem.code === 'internal_error') logBug(error, response, context);
    if (response.headersSent) {
      next(error);
      return;
    }
    const { headers = {}, retryAfter } = problem.parts;
    response.status(PROBLEMS[problem.code].status);
    response.set(headers);
    if (retryAfter !== undefined) response.set('Retry-After', String(retryAfter));
    if (wantsPage(request)) sendProblemPage(problem, request, response, context);
    else sendJson(problem, response);
  };
}

/** How a page offers another try of a request whose form brought the token. */
interface RetryForm {
  readonly fields: Readonly<Record<string, string>>;
  /** The Content-Security-Policy that lets it be posted. */
  readonly policy: string;
}

export const setRetryForm = (response: Response, form: RetryForm): void => {
  response.locals['retryForm'] = form;
};

/** Programs that take anything get JSON; the API knows nothing else. */
const wantsPage = (request: Request): boolean =>
  !/^\/(?:index\.php\/)?api\//.test(request.path) &&
  (request.headers.accept ?? '').length <= MAX_ACCEPT_LENGTH &&
  request.accepts(['json', 'html']) === 'html';

/** No browser sends more; reading 15,000 characters takes a fifth of a second. */
const MAX_ACCEPT_LENGTH = 1000;

function sendProblemPage(
  { code, parts: { retryAfter } }: Problem,
  request: Request,
  response: Response,
  { settings }: Context,
): void {
  const form = response.locals['retryForm'] as RetryForm | undefined;
  const isAddressEnough = request.method !== 'POST' || request.url.includes('sso_token=');
  const mayRetry = MAY_RETRY.has(code) && (isAddressEnough || form !== undefined);
  if (mayRetry && form !== undefined) response.setHeader('Content-Security-Policy', form.policy);
  sendPage(response, languageOf(request.headers['accept-language']), {
    kind: 'failed',
    code,
    requestId: exchangeOf(response).requestId,
    mayRetry: mayRetry ? 'again' : 'no',
    retryFields: form?.fields,
    backUrl: settings.clientAreaUrl,
    ...(retryAfter === undefined ? {} : { retryAfter }),
  });
}

function sendJson({ code, parts: { details, extra = {}, message } }: Problem, response: Response): void {
  const body = JSON.stringify({
    status: 'error',
    message: message ?? PROBLEMS[code].message,
    code,
    request_id: exchangeOf(response).requestId,
    ...(details === undefined ? {} : { details }),
    ...extra,
  });
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(body);
}

function logBug(error: unknown, response: Response, { log }: Context): void {
  const { requestId } = exchangeOf(response);
  const stack = error instanceof Error ? error.stack : String(error);
  log.error(
    { request: requestId, stack },
    `request ${requestId} failed by a bug of this service: ${String(stack)}`,
  );
}
