import { isIP } from 'node:net';
import { inUrl, isHostName, normalAddress, parseUrl } from '../../base/addresses.ts';
import type { Rule } from '../protocol/source.ts';
import type { HostRule, Release } from '../protocol/versions/release.ts';
import { REDIRECTS } from './redirect-rules.ts';

/** What decides where a browser may go. */
export interface RedirectContext {
  readonly redirects: Release['redirects'];
  /** The panel as the browser sees it, `http://127.0.0.1:8880`; `undefined` where the request does not say. */
  readonly origin: string | undefined;
  /** What source_server of the session names; its host initiated the session. */
  readonly sourceServer: string;
  /** panel.ini's trustedRedirectHosts; `undefined` where that is absent. */
  readonly trustedHosts: readonly string[] | undefined;
  /** What `any` means for success_redirect_url. */
  readonly absoluteRedirects: 'any' | 'initiating-host';
}

/** Where the browser goes, or which rule forbids it and why. */
export type Verdict =
  | { readonly allowed: true; readonly location: string }
  | { readonly allowed: false; readonly rule: Rule; readonly why: string };

/**
 * Whether a browser may be sent to a URL after a login (`success`), or after its failure and on log-out
 * (`failure`). A path becomes absolute on the panel's origin, as Plesk sends it.
 */
export function judgeRedirect(url: string, kind: 'success' | 'failure', context: RedirectContext): Verdict {
  const target = parseTarget(url);
  if (typeof target === 'string') return refused(REDIRECTS.form, target);
  const { redirects, origin } = context;
  if (target.kind === 'path') {
    if (redirects.paths) return { allowed: true, location: `${origin ?? ''}${target.location}` };
    return refused(REDIRECTS.absolute, 'it is a path, and this release wants an absolute URL');
  }
  const isOwn = origin !== undefined && target.url.origin === new URL(origin).origin;
  if (isOwn && redirects.paths) return { allowed: true, location: target.location };
  return judgeHost(target, hostRule(redirects[kind], kind, context), context);
}

/** source_server as a target after a failed login, or `undefined` where it is none. */
export function sourceServerTarget(sourceServer: string, context: RedirectContext): Verdict | undefined {
  if (isHostName(sourceServer)) {
    const url = `https://${sourceServer}/`;
    const parsed = parseUrl(url);
    const isName = parsed !== undefined && isIP(hostOf(parsed)) === 0;
    return isName ? judgeRedirect(url, 'failure', context) : undefined;
  }
  return /^https?:\/\//i.test(sourceServer) ? judgeRedirect(sourceServer, 'failure', context) : undefined;
}

interface Absolute {
  readonly kind: 'absolute';
  readonly url: URL;
  readonly location: string;
}

/** What a redirect parameter names, or what is wrong with its form. */
function parseTarget(text: string): Absolute | { readonly kind: 'path'; readonly location: string } | string {
  if (/[\p{Cc}\u2028\u2029]/u.test(text)) return 'it has a control character';
  if (text.includes('\\')) return 'it has a backslash';
  if (text.startsWith('//')) return 'it begins with //, which names another host';
  if (text.startsWith('/')) return { kind: 'path', location: isVisibleAscii(text) ? text : encodePath(text) };
  const authority = /^https?:\/\/([^/?#]*)/i.exec(text)?.[1];
  if (authority === undefined) return 'it is neither a path nor an http(s) URL';
  if (authority === '') return 'it names no host';
  if (authority.includes('@')) return 'it has user-info before its host';
  const url = parseUrl(text);
  if (url === undefined) return 'it cannot be parsed';
  return { kind: 'absolute', url, location: isVisibleAscii(text) ? text : url.href };
}

/** A Location holds nothing else; what is that already goes out as it came in. */
const isVisibleAscii = (text: string): boolean => /^[!-~]+$/.test(text);

const encodePath = (text: string): string => text.replace(/[^!-~]+/gu, encodeURIComponent);

const hostRule = (rule: HostRule, kind: 'success' | 'failure', context: RedirectContext): HostRule =>
  rule === 'any' && kind === 'success' ? context.absoluteRedirects : rule;

function judgeHost({ url, location }: Absolute, rule: HostRule, context: RedirectContext): Verdict {
  const host = hostOf(url);
  if (rule === 'any') return { allowed: true, location };
  if (rule === 'initiating-host') {
    const initiating = initiatingHost(context);
    if (host === initiating) return { allowed: true, location };
    return refused(
      REDIRECTS.initiatingHost,
      `its host is ${host}, and ${initiating ?? 'no known host'} initiated the session (source_server, else the panel)`,
    );
  }
  const { trustedHosts } = context;
  if (trustedHosts === undefined || trustedHosts.some((trusted) => isTrusted(host, trusted))) {
    return { allowed: true, location };
  }
  return refused(
    REDIRECTS.trustedHosts,
    `its host ${host} is not among trustedRedirectHosts (${trustedHosts.join(', ') || 'which is empty'})`,
  );
}

/** Case does not count, nor does the port; `*.` stands for one label or more. */
function isTrusted(host: string, trusted: string): boolean {
  if (trusted.startsWith('*.')) return host.endsWith(`.${normalHost(trusted.slice(2))}`);
  return host === normalHost(trusted);
}

function initiatingHost({ sourceServer, origin }: RedirectContext): string | undefined {
  if (normalAddress(sourceServer) !== undefined) return normalAddress(sourceServer);
  const url = /^https?:\/\//i.test(sourceServer) ? sourceServer : `http://${sourceServer}`;
  const named = sourceServer === '' ? undefined : parseUrl(url);
  if (named !== undefined && named.hostname !== '') return hostOf(named);
  return origin === undefined ? undefined : hostOf(new URL(origin));
}

const normalHost = (host: string): string => {
  const url = parseUrl(`http://${inUrl(host)}`);
  return url === undefined ? host.toLowerCase() : hostOf(url);
};

/** The host of a URL as browsers compare it, an IPv6 address without its brackets. */
const hostOf = ({ hostname }: URL): string =>
  hostname.startsWith('[') ? (normalAddress(hostname.slice(1, -1)) ?? hostname) : hostname;

const refused = (rule: Rule, why: string): Verdict => ({ allowed: false, rule, why });
