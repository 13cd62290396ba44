import type { RequestListener } from 'node:http';
import express from 'express';
import type { Control } from '../control/control.ts';
import { logBug } from './log-lines.ts';
import { panelRoutes } from './panel-routes.ts';

/** The panel's pages as an Express app; whoever needs none of them need not load Express. */
export function panelApp(control: Control): RequestListener {
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(panelRoutes(control));
  app.use(((error, _request, response, _next) => {
    logBug(control.panel, error, response);
  }) satisfies express.ErrorRequestHandler);
  return app;
}
