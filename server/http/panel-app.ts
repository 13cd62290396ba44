import type { RequestListener } from 'node:http';
import express from 'express';
import type { Panel } from '../state/panel.ts';
import { logBug } from './log-lines.ts';
import { panelRoutes } from './panel-routes.ts';

/** The panel's pages as an Express app; whoever needs none of them need not load Express. */
export function panelApp(panel: Panel): RequestListener {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(panelRoutes(panel));
  app.use(((error, _request, response, _next) => {
    logBug(panel, error, response);
  }) satisfies express.ErrorRequestHandler);
  return app;
}
