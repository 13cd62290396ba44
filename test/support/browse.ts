import type { IncomingHttpHeaders, IncomingMessage, OutgoingHttpHeaders, RequestListener } from 'node:http';
import { createServer, request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { SecureContext } from 'node:tls';
import { onTestFinished } from 'vitest';

/** What a browser sends besides its URL. */
export interface Visit {
  /** A form to post; without it the request is a GET. */
  readonly form?: string;
  readonly method?: string;
  /** A Cookie header's value. */
  readonly cookie?: string;
  readonly headers?: OutgoingHttpHeaders;
  /** The certificate to trust. */
  readonly ca?: string;
  /** What to trust, in place of a certificate. */
  readonly trust?: SecureContext;
  /** The address and port where the URL's origin is to be found, where these are not its own. */
  readonly at?: { readonly hostname: string; readonly port: string };
  /** The address of this machine that the connection comes from. */
  readonly localAddress?: string;
  /** Whether to leave a cookie that the token service asks for; a browser brings it back. */
  readonly refusesCookies?: boolean;
}

/** What current browsers say of every page that they open. */
export const NAVIGATION = { 'Sec-Fetch-Mode': 'navigate', 'Sec-Fetch-Dest': 'document' } as const;

/** What a browser got; it follows nothing. */
export interface Page {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly location: string | undefined;
  readonly cookies: readonly string[];
  /** The header Emulator-Reason, decoded. */
  readonly reason: string | undefined;
  readonly body: string;
}

/**
 * Asks for one URL over a connection of its own. Where the token service asks for its cookie before it opens a link, the
 * answer is that of the second request, which brings it; so each call is another browser.
 */
export async function browse(url: string, visit: Visit = {}): Promise<Page> {
  const page = await ask(url, visit);
  const { location = '', cookies } = page;
  if (visit.refusesCookies === true || !/^\/(?:[\w-]+\/)?sign-in\?(?:.*&)?cookie=1$/.test(location))
    return page;
  const brought = [visit.cookie, ...cookies.map((set) => set.slice(0, set.indexOf(';')))];
  const cookie = brought.filter((one) => one !== undefined).join('; ');
  return ask(new URL(location, url).href, { ...visit, cookie });
}

function ask(url: string, visit: Visit): Promise<Page> {
  const { form, method, cookie, headers = {}, ca, trust, at, localAddress } = visit;
  const options = {
    method: method ?? (form === undefined ? 'GET' : 'POST'),
    agent: false,
    ...at,
    ...(localAddress === undefined ? {} : { localAddress }),
    headers: {
      ...(at === undefined ? {} : { Host: new URL(url).host }),
      ...(form === undefined ? {} : { 'Content-Type': 'application/x-www-form-urlencoded' }),
      ...(cookie === undefined ? {} : { Cookie: cookie }),
      ...headers,
    },
  } as const;
  const secure = {
    ...(ca === undefined ? {} : { ca }),
    ...(trust === undefined ? {} : { secureContext: trust }),
    ...(at === undefined ? {} : { servername: new URL(url).hostname }),
  };
  return new Promise((resolve, reject) => {
    const isSecure = (ca ?? trust) !== undefined;
    const sent = isSecure ? requestHttps(url, { ...options, ...secure }) : requestHttp(url, options);
    sent.on('error', reject);
    sent.on('response', (response) => {
      let body = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => (body += text));
      response.on('error', reject);
      response.on('end', () => {
        try {
          resolve(pageOf(response, body));
        } catch (error) {
          reject(error instanceof Error ? error : new Error(String(error)));
        }
      });
    });
    sent.end(form);
  });
}

function pageOf({ statusCode = 0, headers }: IncomingMessage, body: string): Page {
  const { location, 'set-cookie': cookies = [], 'emulator-reason': said } = headers;
  const reason = typeof said === 'string' ? decodeURIComponent(said) : undefined;
  return { status: statusCode, headers, location, cookies, reason, body };
}

/** The door of a panel, with these parameters in its query. */
export function doorUrl(panel: string, params: Readonly<Record<string, string>>): string {
  return `${panel}/enterprise/rsession_init.php?${new URLSearchParams(params).toString()}`;
}

/** The name and value of the session's cookie, as a browser sends them back. */
export const sentBack = ({ cookies: [first = ''] }: Page): string => first.slice(0, first.indexOf(';'));

/** Opens a port where every request comes from the address that `from` gives, and answers its URL. */
export async function seenFrom(app: RequestListener, from: () => string): Promise<string> {
  return serve((request, response) => {
    Object.defineProperty(request.socket, 'remoteAddress', { value: from(), configurable: true });
    app(request, response);
  });
}

/** Opens a port on this machine until the test ends, and answers its URL. */
export async function serve(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}
