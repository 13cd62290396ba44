import { Problem } from '../problems.ts';
import type { Catalogue, Destination } from './catalogue.ts';
import { fillRoute } from './route.ts';
import { allowedUrl, isPathOrUrl, panelPath } from './urls.ts';
import { readValues } from './values.ts';

/** Where a link leads: the panel's own start page, a page of the panel, or any other. */
export type Target =
  | { readonly kind: 'home' }
  /** Path and query on the panel's origin. */
  | { readonly kind: 'panel'; readonly path: string }
  /** `serviceId` is the service that the page is about, and so the one whose panel is meant. */
  | { readonly kind: 'url'; readonly url: string; readonly serviceId?: number };

/** What destinations are read by. */
export interface ResolveContext {
  readonly catalogue: Catalogue;
  /** May have a path, with or without a slash at its end. */
  readonly clientAreaUrl: string;
  /** Besides the client area's own, each as `URL.origin` writes it; http counts for loopback only. */
  readonly allowedOrigins: readonly string[];
}

/**
 * Where a request for a link wants it to lead. Throws a Problem: destination_unknown, destination_values_invalid with
 * its details, or destination_url_not_allowed with a reason.
 */
export function resolve(
  destination: string | undefined,
  values: unknown,
  { catalogue, clientAreaUrl, allowedOrigins }: ResolveContext,
): Target {
  const named = catalogue.get(destination ?? '');
  if (named !== undefined) return pageOf(named, readValues(values, named.values), clientAreaUrl);
  const target = unnamed(destination ?? '', [new URL(clientAreaUrl).origin, ...allowedOrigins]);
  readValues(values, []);
  return target;
}

function pageOf(
  { route, exceptions, selectsService }: Destination,
  values: readonly string[],
  clientAreaUrl: string,
): Target {
  const [first = ''] = values;
  const url = fillRoute(exceptions?.get(first) ?? route, values, clientAreaUrl);
  return { kind: 'url', url, ...(selectsService === true ? { serviceId: Number(first) } : {}) };
}

function unnamed(text: string, origins: readonly string[]): Target {
  if (text === '') return { kind: 'home' };
  if (!isPathOrUrl(text)) throw new Problem('destination_unknown');
  return text.startsWith('/')
    ? { kind: 'panel', path: panelPath(text) }
    : { kind: 'url', url: allowedUrl(text, origins) };
}
