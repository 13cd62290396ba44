import type { Response, Router } from 'express';
import express from 'express';
import type { Context } from '../context.ts';
import type { Health } from '../observability/health.ts';
import { healthOf } from '../observability/health.ts';

/** `/healthz` and `/readyz` of the public port, which say no more than the status and write to no store. */
export function publicHealthRoutes(context: Context, isDraining: () => boolean): Router {
  const reads = (): Promise<unknown> => context.store.hits('ready');
  return healthRoutes(async () => {
    const { isReady } = await healthOf(context, isDraining(), reads);
    return { isReady, body: { status: statusOf(isReady) } };
  });
}

/** `/healthz`, `/readyz` and `/metrics` for operators: what each part is, in JSON and in the text format of Prometheus. */
export function operatorRoutes(context: Context, isDraining: () => boolean): Router {
  const { metrics, store } = context;
  const health = (): Promise<Health> => healthOf(context, isDraining(), () => store.ping());
  const router = healthRoutes(async () => {
    const { isReady, ...parts } = await health();
    return { isReady, body: { status: statusOf(isReady), ...parts } };
  });
  router.get('/metrics', async (_request, response) => {
    metrics.health(await health());
    const text = await metrics.text();
    response.setHeader('Content-Type', metrics.contentType);
    response.end(text);
  });
  return router;
}

const statusOf = (isReady: boolean): string => (isReady ? 'ready' : 'not ready');

/** `/healthz`: the process answers; `/readyz`: it may be sent visitors. The state of Plesk servers fails neither. */
function healthRoutes(
  readiness: () => Promise<{ readonly isReady: boolean; readonly body: object }>,
): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.get('/healthz', (_request, response) => {
    send(response, 200, { status: 'ok' });
  });
  router.get('/readyz', async (_request, response) => {
    const { isReady, body } = await readiness();
    send(response, isReady ? 200 : 503, body);
  });
  return router;
}

function send(response: Response, status: number, body: object): void {
  response.status(status).setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}
