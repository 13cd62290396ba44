import type { Router } from 'express';
import express from 'express';
import type { Context } from '../context.ts';
import { isContinuable } from '../destinations/continued.ts';
import { Problem } from '../problems.ts';

/** How long after its opening a link leads a browser on: five minutes. */
const CONTINUE_MS = 300_000;

/**
 * `/continue/<id of a link>`: where a release of Plesk lets our host follow a login and not the target. It leads a
 * browser that is logged in already to the one target that was allowed when the link was issued, and still is.
 */
export function continueRoutes({ catalogue, directory, settings, store }: Context): Router {
  const router = express.Router({ caseSensitive: true, strict: true });
  router.all(/^\/continue\/([\da-f]{32})$/, async (request, response) => {
    if (!['GET', 'HEAD'].includes(request.method))
      throw new Problem('method_not_allowed', {
        message: 'Only GET, HEAD are allowed.',
        headers: { Allow: 'GET, HEAD' },
      });
    const found = await store.findById(request.params[0] ?? '');
    const { openedAt, terms } = found?.link ?? {};
    const isOver = found === undefined || openedAt === undefined || found.now >= openedAt + CONTINUE_MS;
    if (isOver || terms?.target === undefined) throw new Problem('not_found');
    const panel = directory.current().server(terms.server)?.origin;
    if (!isContinuable(terms.target, panel, { ...settings, catalogue }))
      throw new Problem('not_found', { detail: 'the target of the link is no longer on the allow list' });
    response.writeHead(303, { Location: terms.target, 'Content-Length': 0 }).end();
  });
  return router;
}
