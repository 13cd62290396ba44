import { parseUrl } from '../../base/addresses.ts';
import type { ResolveContext } from './resolve.ts';

/**
 * Whether `/continue/` may lead to this URL: to the client area, to an allowed origin, to a host that a route of the
 * catalogue names, or to the panel of the link's own server. Checked again there, whatever the store says.
 */
export function isContinuable(
  target: string,
  panelOrigin: string | undefined,
  { allowedOrigins, catalogue, clientAreaUrl }: ResolveContext,
): boolean {
  const origin = parseUrl(target)?.origin;
  if (origin === undefined) return false;
  const own = [clientAreaUrl, ...allowedOrigins, ...(panelOrigin === undefined ? [] : [panelOrigin])];
  return own.some((url) => parseUrl(url)?.origin === origin) || originsOf(catalogue).has(origin);
}

/** Of the routes that name a host. */
function originsOf(catalogue: ResolveContext['catalogue']): ReadonlySet<string> {
  const routes = [...catalogue.values()].flatMap(({ route, exceptions }) => [
    route,
    ...(exceptions?.values() ?? []),
  ]);
  return new Set(routes.flatMap((route) => parseUrl(route)?.origin ?? []));
}
