import type { ClientRequest } from 'node:http';
import { IncomingMessage, ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import express from 'express';
import helmet from 'helmet';
import type { Context } from './context.ts';
import { apiRoutes } from './http/api-routes.ts';
import { clientAddresses } from './http/client-address.ts';
import { continueRoutes } from './http/continue-routes.ts';
import type { Exchange } from './http/exchange.ts';
import { newRequestId } from './http/exchange.ts';
import { operatorRoutes, publicHealthRoutes } from './http/health-routes.ts';
import type { Answering } from './http/messages.ts';
import { messagesOf } from './http/messages.ts';
import type { ProxyMistake } from './http/proxy-warnings.ts';
import { openApi } from './http/openapi.ts';
import { notAcceptedRoutes } from './http/not-accepted-routes.ts';
import { policyFor } from './http/page-answer.ts';
import { problemAnswer } from './http/problem-answer.ts';
import { signInRoutes } from './http/sign-in-routes.ts';
import { packageVersion } from '../base/version.ts';
import { Problem } from './problems.ts';

/** What listens: the service itself, and what only those who run it shall reach. Neither opens a port. */
export interface Apps {
  readonly service: Answering;
  readonly metrics: Answering;
}

/** The routes of a service; `isDraining` says whether it is about to end. */
export function createApps(context: Context, isDraining: () => boolean): Apps {
  const { settings } = context;
  const service = blank(context);
  service.use(apiRoutes(context, isDraining));
  service.use(signInRoutes(context));
  service.use(notAcceptedRoutes(context));
  service.use(continueRoutes(context));
  service.use(publicHealthRoutes(context, isDraining));
  const description = JSON.stringify(openApi(packageVersion(), settings.publicUrl));
  service.get('/openapi.json', (_request, response) => {
    response.setHeader('Content-Type', 'application/json; charset=utf-8');
    response.end(description);
  });
  const metrics = blank(context);
  metrics.use(operatorRoutes(context, isDraining));
  for (const app of [service, metrics]) {
    app.use(() => {
      throw new Problem('not_found');
    });
    app.use(problemAnswer(context));
  }
  return { service: answered(service), metrics: answered(metrics) };
}

/** Answers also what Express would answer with a page of its own: a URL that it cannot route, such as `http://[/`. */
const answered = (app: express.Express): Answering => ({
  answer: (request, response) => {
    // They become what Express says they are with its first step.
    app(request as express.Request, response as express.Response, (error?: unknown) => {
      const status = error === undefined ? 400 : 500;
      if (response.headersSent) response.destroy();
      else response.setHeaders(HEADERS).writeHead(status, { 'Content-Length': 0 }).end();
    });
  },
  messages: messagesOf(app),
});

/** An app that gives every answer its headers and every request its id and address. */
function blank(context: Context): express.Express {
  const { settings } = context;
  const clientOf = clientAddresses(settings.trustedProxies);
  const app = express();
  app.disable('x-powered-by').disable('etag').set('query parser', false);
  app.set('case sensitive routing', true).set('strict routing', true);
  app.use((request, response, next) => {
    const { address, mistake } = clientOf(request);
    if (mistake !== undefined && matters(mistake, request.path)) context.proxyWarnings.warn(mistake, address);
    const exchange: Exchange = { requestId: newRequestId(context), address };
    response.locals['exchange'] = exchange;
    response.setHeaders(HEADERS);
    response.setHeader('X-Request-Id', exchange.requestId);
    next();
  });
  return app;
}

/** A billing system may call the API without the proxy, and probes and scrapers come from anywhere. */
const matters = (mistake: ProxyMistake, path: string): boolean =>
  !WITHOUT_VISITOR.has(path) && !(mistake === 'no_address' && path.startsWith('/api/'));

const WITHOUT_VISITOR: ReadonlySet<string> = new Set(['/healthz', '/readyz', '/metrics', '/openapi.json']);

/** What helmet says, which is the same for every answer: it is asked once. */
function helmetHeaders(): readonly (readonly [name: string, value: string])[] {
  const request = new IncomingMessage(new Socket());
  const response = new ServerResponse(request);
  const ask = helmet({
    contentSecurityPolicy: false,
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
    // Hosts below ours are not ours: a panel with a certificate of its own may be one of them.
    strictTransportSecurity: { includeSubDomains: false },
  });
  ask(request, response, () => undefined);
  // Every outgoing message has it, though the types give it to requests alone.
  const named = response as unknown as Pick<ClientRequest, 'getRawHeaderNames'>;
  return named.getRawHeaderNames().map((name) => [name, String(response.getHeader(name))]);
}

/** Of every answer. */
const HEADERS = new Map([
  ...helmetHeaders(),
  ['Content-Security-Policy', policyFor([])],
  ['Cache-Control', 'no-store'],
  ['X-Robots-Tag', 'noindex'],
]);
