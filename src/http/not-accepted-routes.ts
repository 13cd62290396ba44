import type { Request, Response, Router } from 'express';
import express from 'express';
import { parseUrl } from '../../base/addresses.ts';
import type { Context } from '../context.ts';
import { admit } from '../links/admit.ts';
import { mayReopen } from '../links/link.ts';
import { replaceSession } from '../links/replace.ts';
import type { Found } from '../links/store.ts';
import { ofLink } from '../observability/audit.ts';
import type { Problem } from '../problems.ts';
import { browserCookies, openersOf } from './browser-cookie.ts';
import { exchangeOf, isGone } from './exchange.ts';
import { isPageNavigation } from './navigation.ts';
import { sendPage } from './page-answer.ts';
import { languageOf } from './pages/accept-language.ts';
import { problemOf } from './problem-answer.ts';

/**
 * `/`, the service's own address, where Plesk also sends a browser whose login it did not accept. It leads browsers on to
 * a path below that of sign-in, where they bring their cookie: one that has just opened a link gets its session replaced
 * or an explanation, others read what the service is.
 */
export function notAcceptedRoutes(context: Context): Router {
  const { settings } = context;
  const router = express.Router({ caseSensitive: true, strict: true });
  const language = settings.language === undefined ? '' : `/${settings.language}`;
  const explain = (request: Request, response: Response, opened: readonly OpenedLink[]): void => {
    const kind = opened.length > 0 ? 'not-accepted' : 'about';
    const page = { kind, backUrl: settings.clientAreaUrl } as const;
    sendPage(response, languageOf(request.headers['accept-language']), page);
  };
  router.get('/', async (request, response) => {
    if (isVisit(request))
      response.writeHead(303, { Location: `${language}/sign-in/not-accepted`, 'Content-Length': 0 }).end();
    else explain(request, response, await openedBy(request, context));
  });
  router.get(/^\/(?:[a-z]{2}(?:-[a-zA-Z]{2})?\/)?sign-in\/not-accepted$/, async (request, response) => {
    const opened = await openedBy(request, context);
    const link = replaceable(request, opened);
    const location = link === undefined ? undefined : await replace(link, request, response, context);
    if (location === undefined) explain(request, response, opened);
    else response.writeHead(303, { Location: location, 'Content-Length': 0 }).end();
  });
  return router;
}

/** Whether a browser opens a page. Old browsers do not say that they navigate, but do ask for HTML. */
const isVisit = ({ headers }: Request): boolean =>
  isPageNavigation(headers) ||
  (headers['sec-fetch-mode'] === undefined && /\btext\/html\b/i.test(headers.accept ?? ''));

/** A link that this browser's cookie names, and that has been opened. */
interface OpenedLink {
  readonly found: Found;
  /** Who may have its session replaced: the opener that the link's record keeps, if that is this browser. */
  readonly opener: string | undefined;
}

/** The links that this browser has just opened, as long as their cookies live; none after a log-out. */
async function openedBy(request: Request, context: Context): Promise<readonly OpenedLink[]> {
  const links = await Promise.all(
    browserCookies(request).map(async (cookie): Promise<OpenedLink | undefined> => {
      const found = await context.store.findById(cookie.linkId);
      if (found?.link.state !== 'opened' || hasLoggedOut(request, found, context)) return undefined;
      return { found, opener: openersOf(cookie, context).find((one) => one === found.link.opener) };
    }),
  );
  return links.filter((link) => link !== undefined);
}

/** A link whose session may be replaced, and what its record keeps of this browser. */
interface ReplaceableLink {
  readonly found: Found;
  readonly opener: string;
}

/** The one link whose session may be replaced; `undefined` for none, and for two, of which it is unknown which failed. */
function replaceable(request: Request, opened: readonly OpenedLink[]): ReplaceableLink | undefined {
  if (request.method !== 'GET' || !isPageNavigation(request.headers)) return undefined;
  const [link, ...others] = opened.flatMap(({ found, opener }) =>
    opener !== undefined && found.link.isReplaced !== true && mayReopen(found.link, opener, found.now)
      ? { found, opener }
      : [],
  );
  return others.length === 0 ? link : undefined;
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
  { found, opener }: ReplaceableLink,
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
