import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SecureContext } from 'node:tls';
import { createSecureContext } from 'node:tls';
import { onTestFinished } from 'vitest';
import { issueCertificate, makeAuthority } from '../../server/http/tls/certificate.ts';
import type { Page, Visit } from './browse.ts';
import { browse } from './browse.ts';

/** HTTPS hosts that exist for one test only, and never leave this machine. */
export interface Hosts {
  /** Serves an origin such as `https://sso.host.example` until the test ends. */
  serve(origin: string, listener: RequestListener): Promise<void>;
  /** A browser that knows these hosts, 127.0.0.1 and localhost, and no other. */
  visitor(options?: VisitorOptions): Visitor;
}

/** How a browser is special. */
interface VisitorOptions {
  /** CAs that it trusts besides that of the hosts, in PEM. */
  readonly ca?: readonly string[];
  /** The address that it comes from, for each origin; this machine's usual one where it has none. */
  readonly from?: Readonly<Record<string, string>>;
}

/** A client that keeps cookies by host and follows redirects, as a browser does. */
export interface Visitor {
  /** Where it has been, in order; the last one is where it is. */
  readonly urls: readonly string[];
  /** Asks for one URL, and follows nothing. */
  ask(url: string, visit?: Visit): Promise<Page>;
  /** Opens a URL, and follows redirects until there is none. */
  open(url: string): Promise<Ended>;
}

/** Where a browser has ended. */
export interface Ended {
  readonly url: string;
  readonly page: Page;
}

/** Makes hosts for these names, with a CA of their own. */
export function makeHosts(...names: readonly string[]): Hosts {
  const now = Date.now();
  const authority = makeAuthority(now);
  const life = { notBefore: now - 60_000, notAfter: now + 86_400_000 };
  const certificate = issueCertificate(authority, { names, ...life });
  const places = new Map<string, { readonly hostname: string; readonly port: string }>();
  return {
    serve: async (origin, listener) => {
      const server = createServer(certificate, listener);
      await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
      onTestFinished(() => {
        server.closeAllConnections();
        server.close();
      });
      places.set(origin, { hostname: '127.0.0.1', port: String((server.address() as AddressInfo).port) });
    },
    visitor: ({ ca = [], from = {} } = {}) =>
      newVisitor(places, createSecureContext({ ca: [authority.cert, ...ca] }), from),
  };
}

/** A listener that answers every request with the host, path and query that it has read from it. */
export const echoUrl: RequestListener = ({ headers, url = '' }, response) => {
  response.writeHead(200, { 'Content-Type': 'text/html; charset=utf-8' });
  response.end(`<!DOCTYPE html><title>a page</title><p>${String(headers.host)}${url}</p>`);
};

/** Longer than any chain of redirects that is none in a circle. */
const MOST_STEPS = 10;

function newVisitor(
  places: ReadonlyMap<string, { readonly hostname: string; readonly port: string }>,
  trust: SecureContext,
  from: Readonly<Record<string, string>>,
): Visitor {
  const cookies = new Map<string, Map<string, string>>();
  const urls: string[] = [];
  const ask = async (url: string, visit: Visit = {}): Promise<Page> => {
    const { origin, hostname, port, protocol } = new URL(url);
    // Some machines know localhost by its IPv6 address first, where nothing of ours listens.
    const at = places.get(origin) ?? (hostname === 'localhost' ? { hostname: '127.0.0.1', port } : undefined);
    if (at === undefined && hostname !== '127.0.0.1')
      throw new Error(`there is no ${origin} here: ${[...urls, url].join(' ')}`);
    urls.push(url);
    const jar = cookies.get(hostname) ?? new Map<string, string>();
    cookies.set(hostname, jar);
    const localAddress = from[origin];
    const page = await browse(url, {
      ...(jar.size === 0 ? {} : { cookie: [...jar].map((pair) => pair.join('=')).join('; ') }),
      ...(protocol === 'https:' ? { trust } : {}),
      ...(at === undefined ? {} : { at }),
      ...(localAddress === undefined ? {} : { localAddress }),
      ...visit,
    });
    for (const set of page.cookies) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      if (value === 'deleted') jar.delete(name);
      else jar.set(name, value);
    }
    return page;
  };
  const open = async (first: string): Promise<Ended> => {
    let url = first;
    let page = await ask(url, { headers: { Accept: 'text/html' } });
    for (let step = 0; page.location !== undefined; step += 1) {
      if (step === MOST_STEPS) throw new Error(`no end of redirects: ${urls.join(' ')}`);
      url = new URL(page.location, url).href;
      page = await ask(url, { headers: { Accept: 'text/html' } });
    }
    return { url, page };
  };
  return { urls, ask, open };
}
