import type { Request, Response, Router } from 'express';
import express from 'express';
import { parseUrl } from '../../base/addresses.ts';
import type { Context } from '../context.ts';
import { admit } from '../links/admit.ts';
import { mayReopen } from '../links/link.ts';
import { replaceSession } from '../links/replace.ts';
import type { Found } from '../links/store.ts';
import { ofLink } from '../observability/audit.ts';
import { Problem } from '../problems.ts';
import { browserCookies, openersOf } from './browser-cookie.ts';
import { exchangeOf, isGone } from './exchange.ts';
import { isPageNavigation } from './navigation.ts';
import { sendPage } from './page-answer.ts';
import { languageOf } from './pages/accept-language.ts';
import { problemOf } from './problem-answer.ts';

/**
 * `/`, where Plesk sends a browser whose login it did not accept. It leads browsers on to a path below that of sign-in,
 * where they bring their cookie: one that has just opened a link gets its session replaced, others get an explanation.
 */
export function notAcceptedRoutes(context: Context): Router {
  const { settings } = context;
  const router = express.Router({ caseSensitive: true, strict: true });
  const language = settings.language === undefined ? '' : `/${settings.language}`;
  const explain = (request: Request, response: Response): void => {
    const page = { kind: 'not-accepted', backUrl: settings.clientAreaUrl } as const;
    sendPage(response, languageOf(request.headers['accept-language']), page);
  };
  router.get('/', (request, response) => {
    if (isPageNavigation(request.headers))
      response.writeHead(303, { Location: `${language}/sign-in/not-accepted`, 'Content-Length': 0 }).end();
    else explain(request, response);
  });
  router.get(/^\/(?:[a-z]{2}(?:-[a-zA-Z]{2})?\/)?sign-in\/not-accepted$/, async (request, response) => {
    const opened = await openedBy(request, context);
    const location = opened === undefined ? undefined : await replace(opened, request, response, context);
    if (location === undefined) explain(request, response);
    else response.writeHead(303, { Location: location, 'Content-Length': 0 }).end();
  });
  return router;
}

/** A link whose session may be replaced, and what its record keeps of this browser. */
interface OpenedLink {
  readonly found: Found;
  readonly opener: string;
}

/** The one link that this browser has just opened; `undefined` for none, and for two, of which it is unknown which failed. */
async function openedBy(request: Request, context: Context): Promise<OpenedLink | undefined> {
  if (request.method !== 'GET' || !isPageNavigation(request.headers)) return undefined;
  const candidates = await Promise.all(
    browserCookies(request).map(async (cookie): Promise<OpenedLink | undefined> => {
      const found = await context.store.findById(cookie.linkId);
      if (found === undefined || found.link.isReplaced === true || hasLoggedOut(request, found, context))
        return undefined;
      const opener = openersOf(cookie, context).find((one) => mayReopen(found.link, one, found.now));
      return opener === undefined ? undefined : { found, opener };
    }),
  );
  const [opened, ...others] = candidates.filter((one) => one !== undefined);
  return others.length === 0 ? opened : undefined;
}

/**
 * Whether a page of the panel leads here, as its log-out does: the way of a login that was not accepted begins at our
 * redirect, which lets no Referer through.
 */
function hasLoggedOut({ headers }: Request, { link }: Found, { directory }: Context): boolean {
  const server = directory.current().server(link.terms.server);
  return server !== undefined && parseUrl(headers.referer ?? '')?.origin === new URL(server.origin).origin;
}

/** Where the browser goes with another session, `undefined` where it gets none and is told why it is not logged in. */
async function replace(
  { found, opener }: OpenedLink,
  request: Request,
  response: Response,
  context: Context,
): Promise<string | undefined> {
  const { address, requestId } = exchangeOf(response);
  const { link } = found;
  const record = (outcome: 'successful' | Problem): void => {
    const [code, { detail, errcode }] =
      outcome === 'successful' ? [outcome, {}] : [outcome.code, outcome.parts];
    const event = outcome === 'successful' ? 'replaced' : 'refused';
    context.audit.record({
      event,
      outcome: code,
      requestId,
      address,
      ...ofLink(link.id, link.terms),
      detail,
      errcode,
    });
    context.metrics.outcome(event, code);
  };
  try {
    const visitor = { address, openers: [opener], isGone: () => isGone(request, response) };
    const destination = await admit(found, visitor, context);
    const { location, isRepeated } = await replaceSession(link, destination, visitor, context);
    if (!isRepeated) record('successful');
    return location;
  } catch (error) {
    const problem = problemOf(error);
    record(problem);
    if (problem.code === 'token_used') return undefined;
    throw error;
  }
}
