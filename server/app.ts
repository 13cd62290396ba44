import type { RequestListener } from 'node:http';
import express from 'express';
import { AGENT_PATH, agentRoute } from './http/agent-route.ts';
import { DOOR_PATH, doorRoute } from './http/door-route.ts';
import { logBug } from './http/log-lines.ts';
import { panelRoutes } from './http/panel-routes.ts';
import { pathOf } from './http/request.ts';
import type { Panel } from './state/panel.ts';

/**
 * Everything that the emulator answers over HTTP, as one listener; it opens no port and starts no timer. The two
 * doors that integrations live on are answered before Express is asked, which would cost them more than all else.
 */
export function createApp(panel: Panel): RequestListener {
  const doors = new Map<string, RequestListener>([
    [AGENT_PATH, agentRoute(panel)],
    [DOOR_PATH, doorRoute(panel)],
  ]);
  const app = express();
  app.disable('x-powered-by').disable('etag');
  app.use(panelRoutes(panel));
  app.use(((error, _request, response, _next) => {
    logBug(panel, error, response);
  }) satisfies express.ErrorRequestHandler);

  return (request, response) => {
    // A request to a proxy names the whole URL; it is the same request.
    if (request.url?.startsWith('/') === false) request.url = request.url.replace(WHOLE_URL, '/');
    const door = doors.get(pathOf(request));
    if (door === undefined) {
      app(request, response);
      return;
    }
    try {
      door(request, response);
    } catch (error) {
      logBug(panel, error, response);
    }
  };
}

const WHOLE_URL = /^https?:\/\/[^/?#]*\/?/i;
