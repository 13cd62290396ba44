import { parseUrl } from '../../base/addresses.ts';
import { isPanelPage } from './panel-pages.ts';
import type { ResolveContext } from './resolve.ts';

/**
 * Whether `/continue/` may lead to this URL: to the client area, to an allowed origin, to a host that a route of the
 * catalogue names, or to a page of the panel of the link's own server. Checked again there, whatever the store says.
 */
export function isContinuable(
  target: string,
  panelOrigin: string | undefined,
  { allowedOrigins, catalogue, clientAreaUrl, panelPaths }: ResolveContext & PanelPaths,
): boolean {
  const url = parseUrl(target);
  if (url === undefined) return false;
  const { origin } = url;
  if (panelOrigin !== undefined && origin === parseUrl(panelOrigin)?.origin)
    return isPanelPage(url, panelPaths);
  const own = [clientAreaUrl, ...allowedOrigins];
  return own.some((one) => parseUrl(one)?.origin === origin) || originsOf(catalogue).has(origin);
}

interface PanelPaths {
  readonly panelPaths: readonly string[];
}

/** Of the routes that name a host. */
function originsOf(catalogue: ResolveContext['catalogue']): ReadonlySet<string> {
  const routes = [...catalogue.values()].flatMap(({ route, exceptions }) => [
    route,
    ...(exceptions?.values() ?? []),
  ]);
  return new Set(routes.flatMap((route) => parseUrl(route)?.origin ?? []));
}
