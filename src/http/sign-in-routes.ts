import type { Request, Response, Router } from 'express';
import express from 'express';
import type { Context } from '../context.ts';
import type { Destination } from '../links/admit.ts';
import { admit } from '../links/admit.ts';
import { checkBinding } from '../links/browser-binding.ts';
import { findByToken } from '../links/find.ts';
import type { Link } from '../links/link.ts';
import { openLink, stopsOf } from '../links/open.ts';
import { endOpened } from '../links/revoke.ts';
import type { Found } from '../links/store.ts';
import type { AuditEvent } from '../observability/audit.ts';
import { ofLink } from '../observability/audit.ts';
import type { ProblemCode } from '../problems.ts';
import { Problem } from '../problems.ts';
import { cookieHeader, nonceFor, openersOf } from './browser-cookie.ts';
import { checkConfirmation, confirmationOf } from './confirmation.ts';
import { exchangeOf, isGone } from './exchange.ts';
import { checkCount, count, visitorKey } from './limits.ts';
import { checkNavigation, isPreview } from './navigation.ts';
import { policyFor, sendPage } from './page-answer.ts';
import { languageOf } from './pages/accept-language.ts';
import { problemOf, setRetryForm } from './problem-answer.ts';
import type { SignInRequest } from './sign-in-request.ts';
import { fieldOf, readSignIn, SECOND_STEP } from './sign-in-request.ts';
import { nextStep } from './sign-in-step.ts';

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

/** Opens a link, or shows its button; every outcome but the button and the cookie stands in the audit. */
async function open(request: Request, response: Response, context: Context): Promise<void> {
  const { address, requestId } = exchangeOf(response);
  const { publicUrl } = context.settings;
  let link: Link | undefined;
  const record = (event: AuditEvent, outcome: 'successful' | ProblemCode, problem?: Problem): void => {
    const { detail, errcode } = problem?.parts ?? {};
    const about = link === undefined ? {} : ofLink(link.id, link.terms);
    context.audit.record({ event, outcome, requestId, address, ...about, detail, errcode });
    context.metrics.outcome(event, outcome);
  };
  try {
    checkNavigation(request.headers);
    const asked = await readSignIn(request);
    const found = await findCounted(asked, address, response, context);
    ({ link } = found);
    checkBinding(link.terms, fieldOf(asked.form, 'browser_nonce'));
    const nonce = nonceFor(request, link.id, publicUrl);
    const openers = nonce === undefined ? [] : openersOf({ linkId: link.id, nonce }, context);
    const visitor = { address, openers, isGone: () => isGone(request, response) };
    const destination = await admit(found, visitor, context);
    if (asked.isPosted) letPostAgain({ link, destination, asked }, response, context);
    // The browser that opened it gets the answer again, without another press of the button.
    const isOpened = link.state === 'opened';
    const step = isOpened ? 'open' : nextStep(link, request, asked, nonce, publicUrl);
    if (step === 'cookie') {
      askForCookie(link, request, asked, response, context);
      return;
    }
    if (step === 'button') {
      showButton({ link, destination, asked }, nonce, request, response, context);
      return;
    }
    if (step === 'confirm')
      checkConfirmation(
        { headers: request.headers, confirmation: fieldOf(asked.form, 'nonce'), nonce },
        link.id,
        context,
      );
    if (!isOpened) await countOpening(link, address, response, context);
    const { location, isRepeated } = await openLink(link.id, destination, visitor, context);
    record(isRepeated ? 'repeated' : 'opened', 'successful');
    response.writeHead(303, { Location: location, 'Content-Length': 0 }).end();
  } catch (error) {
    const problem = problemOf(error);
    record(eventOf(problem), problem.code, problem);
    await afterwards(problem.code, link, context);
    throw error;
  }
}

/** The link of a token. What is unknown or malformed counts as a guess, and is refused when an address has too many. */
async function findCounted(
  { token }: SignInRequest,
  address: string,
  response: Response,
  context: Context,
): Promise<Found> {
  try {
    return await findByToken(token(), context);
  } catch (error) {
    const isGuess = error instanceof Problem && ['token_unknown', 'token_malformed'].includes(error.code);
    if (isGuess) {
      const limit = { name: 'failed', most: context.settings.failedLimit } as const;
      checkCount(limit, await count(limit, visitorKey(address), context.store), response);
    }
    throw error;
  }
}

/**
 * Counts an opening, and refuses those of one user from one address that are too many. Whoever has no link of that user
 * adds nothing to the count, so nobody uses it up for others behind the same address.
 */
async function countOpening(
  { terms: { userId } }: Link,
  address: string,
  response: Response,
  { settings, store }: Context,
): Promise<void> {
  const limit = { name: 'open', most: settings.openLimit } as const;
  checkCount(limit, await count(limit, `${visitorKey(address)}:${userId}`, store), response);
}

/** Sends the browser back to the same address with a cookie; a form is posted again, so that no address has its token. */
function askForCookie(
  { id: linkId }: Link,
  request: Request,
  { isPosted, token }: SignInRequest,
  response: Response,
  { ids, settings }: Context,
): void {
  const query = isPosted ? SECOND_STEP : `sso_token=${token()}&${SECOND_STEP}`;
  response.setHeader('Set-Cookie', cookieHeader(request, { linkId, nonce: ids.hex32() }, settings.publicUrl));
  response
    .writeHead(request.method === 'POST' ? 307 : 303, {
      Location: `${request.path}?${query}`,
      'Content-Length': 0,
    })
    .end();
}

/** A link that a visitor may open, and how it was asked for. */
interface Admitted {
  readonly link: Link;
  readonly destination: Destination;
  readonly asked: SignInRequest;
}

function showButton(
  admitted: Admitted,
  known: string | undefined,
  request: Request,
  response: Response,
  context: Context,
): void {
  const { link } = admitted;
  const { publicUrl } = context.settings;
  // A browser that has a nonce already keeps it, so that the button of another tab stays good.
  const nonce = known ?? context.ids.hex32();
  response.setHeader('Content-Security-Policy', formPolicy(admitted, context));
  response.setHeader('Set-Cookie', cookieHeader(request, { linkId: link.id, nonce }, publicUrl));
  sendPage(response, languageOf(request.headers['accept-language']), {
    kind: 'confirm',
    fields: { ...postedFields(admitted.asked), nonce: confirmationOf(link.id, nonce, context) },
  });
}

/** Browsers hold every redirect that follows a form against this list, those of the target itself too. */
function formPolicy(
  { link, destination: { server } }: Admitted,
  { settings: { allowedOrigins, publicUrl } }: Context,
): string {
  return policyFor([...new Set(["'self'", ...stopsOf(link, server, publicUrl), ...allowedOrigins])]);
}

/** What a page has to post again of a form that brought the token. */
function postedFields({ isPosted, token, form }: SignInRequest): Readonly<Record<string, string>> {
  const nonce = fieldOf(form, 'browser_nonce');
  if (!isPosted) return {};
  return { sso_token: token(), ...(nonce === undefined ? {} : { browser_nonce: nonce }) };
}

/** Should the request fail, its page offers to post the form again: its address alone has no token. */
function letPostAgain(admitted: Admitted, response: Response, context: Context): void {
  setRetryForm(response, { fields: postedFields(admitted.asked), policy: formPolicy(admitted, context) });
}

/** What a failure is in the audit. */
function eventOf({ code, parts }: Problem): AuditEvent {
  if (code === 'token_used') return 'reused';
  if (code === 'token_expired') return 'expired';
  return parts.revokes === true ? 'revoked' : 'refused';
}

/** What a failure entails: a second opening is an alarm, and the browser of the first gets no answer again. */
async function afterwards(code: ProblemCode, link: Link | undefined, context: Context): Promise<void> {
  const { settings, store } = context;
  if (code !== 'token_used' || link === undefined) return;
  // Revoked first, so that no replacement of the session is under way.
  const found = settings.endReusedSessions ? await store.revoke(link.id) : undefined;
  if (found !== undefined) await endOpened(found.link, context);
}
