import type { Response, Router } from 'express';
import express from 'express';
import type { Context } from '../context.ts';

/** `/healthz`: the process answers; `/readyz`: it may be sent visitors. What Plesk does is shown and fails neither. */
export function healthRoutes(context: Context, isDraining: () => boolean): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.get('/healthz', (_request, response) => {
    send(response, 200, { status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const { directory, plesk, store } = context;
    const hasStore = await store.ping().then(
      () => true,
      () => false,
    );
    const isReady = hasStore && !isDraining();
    const circuits = directory.current().servers();
    send(response, isReady ? 200 : 503, {
      status: isReady ? 'ready' : 'not ready',
      store: hasStore ? 'reachable' : 'unreachable',
      // One that is refused is not in force: the one before it is.
      directory: directory.state(),
      draining: isDraining(),
      plesk: Object.fromEntries(circuits.map(({ id }) => [id, plesk.circuit(id)])),
    });
  });
  return router;
}

/** `/metrics`, in the text format of Prometheus. */
export function metricsRoutes({ metrics }: Context): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.get('/metrics', async (_request, response) => {
    const text = await metrics.text();
    response.setHeader('Content-Type', metrics.contentType);
    response.end(text);
  });
  return router;
}

function send(response: Response, status: number, body: object): void {
  response.status(status).setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}
