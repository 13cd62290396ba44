import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import { isHostName, normalAddress, parseUrl } from '../../base/addresses.ts';
import { forwardedOf } from './forwarded.ts';

/** The peer's address, in normal form. */
export const peerOf = ({ socket }: IncomingMessage): string =>
  normalAddress(socket.remoteAddress ?? '') ?? socket.remoteAddress ?? '';

/** Whether the browser came over TLS, to this server or to the proxy before it. */
export const isSecure = (request: IncomingMessage): boolean =>
  (forwardedOf(request)?.scheme ?? schemeOf(request)) === 'https';

/** By what the request itself came. */
const schemeOf = ({ socket }: IncomingMessage): 'http' | 'https' =>
  (socket as Socket & { readonly encrypted?: boolean }).encrypted === true ? 'https' : 'http';

/** Scheme, host and port as the browser sees them; `undefined` where the Host header is absent or no host. */
export function originOf(request: IncomingMessage): string | undefined {
  const scheme = isSecure(request) ? 'https' : 'http';
  const host = forwardedOf(request)?.host ?? request.headers.host ?? '';
  if (last.host !== host || last.scheme !== scheme) last = { host, scheme, origin: originFrom(scheme, host) };
  return last.origin;
}

/** The last one asked for: requests come from few hosts, and a URL is slow to parse. */
let last: { readonly host: string; readonly scheme: string; readonly origin: string | undefined } = {
  host: '',
  scheme: '',
  origin: undefined,
};

function originFrom(scheme: string, host: string): string | undefined {
  const [, name = '', port = '0'] = HOST.exec(host) ?? [];
  const bare = name.startsWith('[') ? name.slice(1, -1) : name;
  if ((normalAddress(bare) === undefined && !isHostName(bare)) || Number(port) > 65_535) return undefined;
  // `256.1.1.1` and `xn--a` look like host names and are none.
  const origin = `${scheme}://${host}`;
  return parseUrl(origin) === undefined ? undefined : origin;
}

const HOST = /^(\[[\da-f:.]+\]|[^:[\]]+)(?::(\d{1,5}))?$/i;

/** A header's text, its bytes read as UTF-8 where they are that; Node reads them as ISO 8859-1. */
export function headerText(request: IncomingMessage, name: string): string | undefined {
  const value = request.headers[name];
  const text = Array.isArray(value) ? value[0] : value;
  if (text === undefined || ASCII.test(text)) return text;
  try {
    return UTF8.decode(Buffer.from(text, 'latin1'));
  } catch {
    return text;
  }
}

/** A header by a name with underscores, or with hyphens in their places: PHP makes one name of both. */
export const phpHeader = (request: IncomingMessage, name: string): string | undefined =>
  headerText(request, name) ??
  (name.includes('_') ? headerText(request, name.replaceAll('_', '-')) : undefined);

// eslint-disable-next-line no-control-regex
const ASCII = /^[\x00-\x7f]*$/;
const UTF8 = new TextDecoder('utf-8', { fatal: true });

/** The path of a request's URL, without its query. */
export function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}

/** The query of a request's URL, without its question mark. */
export function queryOf({ url = '/' }: IncomingMessage): string {
  const start = url.indexOf('?');
  return start === -1 ? '' : url.slice(start + 1);
}
