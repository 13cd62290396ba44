import { isIP } from 'node:net';
import { isHostName, normalAddress } from '../../base/addresses.ts';
import type { Rule } from '../protocol/source.ts';
import { assumed, documented } from '../protocol/source.ts';
import type { HostRule, Release } from '../protocol/versions/release.ts';

const AUTO_LOGIN = 'docs.plesk.com "Automatic Logging In to Plesk"';

const RULES = {
  form: {
    id: 'redirect/form',
    source: assumed(
      'no source says what becomes of them; browsers read each in a way of its own',
      'only a path or an http(s) URL: no //host, backslash, control character, user-info or other scheme',
    ),
  },
  absolute: {
    id: 'redirect/absolute',
    source: documented(
      AUTO_LOGIN,
      'up to 12.0 success_redirect_url is absolute; a path will do from 12.5 on',
    ),
  },
  initiatingHost: {
    id: 'redirect/initiating-host',
    source: documented(AUTO_LOGIN, 'up to 12.0 the host is the one that initiated the session'),
  },
  initiator: {
    id: 'redirect/initiator',
    source: assumed(
      'the documentation does not say which name it goes by',
      "the initiating host is that of source_server, else the panel's own; ports do not count",
    ),
  },
  wildcard: {
    id: 'redirect/wildcard',
    source: assumed(
      'one page names the form',
      '*.example.com is any sub-domain and not example.com; case and port are nothing',
    ),
  },
  logout: {
    id: 'redirect/failure-before-17.0',
    source: assumed(
      'only success_redirect_url is documented',
      'up to 12.0 failure_redirect_url has the same host rule, a refused one is ignored; 12.5 has none',
    ),
  },
  trustedHosts: {
    id: 'redirect/trusted-hosts',
    source: documented(
      'docs.plesk.com article 79044',
      'panel.ini [security] trustedRedirectHosts; for failure_redirect_url from 17.0, for both from 18.0',
    ),
  },
  anyHost: {
    id: 'redirect/any-host',
    source: assumed(
      '12.5 and 17.x document no limit',
      'any absolute URL; the setting absoluteRedirects is stricter',
    ),
  },
  ownOrigin: {
    id: 'redirect/own-origin',
    source: assumed('it leads nowhere else', "a URL of the panel's own origin counts as a path"),
  },
  sourceServer: {
    id: 'redirect/source-server',
    source: documented(
      'docs.plesk.com article 73865 (onyx, obsidian)',
      'a failed login leads to source_server from 17.0 on',
    ),
  },
  sourceServerForm: {
    id: 'redirect/source-server-form',
    source: assumed(
      'clients write an address there without wanting to go to it',
      'a URL or a host name is a target, under the rule for failure_redirect_url; an address is none',
    ),
  },
} as const satisfies Record<string, Rule>;

export const REDIRECT_RULES: readonly Rule[] = Object.values(RULES);

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
  if (typeof target === 'string') return refused(RULES.form, target);
  const { redirects, origin } = context;
  if (target.kind === 'path') {
    if (redirects.paths) return { allowed: true, location: `${origin ?? ''}${target.location}` };
    return refused(RULES.absolute, 'it is a path, and this release wants an absolute URL');
  }
  const isOwn = origin !== undefined && target.url.origin === new URL(origin).origin;
  if (isOwn && redirects.paths) return { allowed: true, location: target.location };
  return judgeHost(target, hostRule(redirects[kind], kind, context), context);
}

/** source_server as a target after a failed login, or `undefined` where it is none. */
export function sourceServerTarget(sourceServer: string, context: RedirectContext): Verdict | undefined {
  if (isHostName(sourceServer)) {
    const url = `https://${sourceServer}/`;
    return URL.canParse(url) && isIP(hostOf(new URL(url))) === 0
      ? judgeRedirect(url, 'failure', context)
      : undefined;
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
  if (text.startsWith('/')) return { kind: 'path', location: inAscii(text, () => encodeURI(text)) };
  const authority = /^https?:\/\/([^/?#]*)/i.exec(text)?.[1];
  if (authority === undefined) return 'it is neither a path nor an http(s) URL';
  if (authority === '') return 'it names no host';
  if (authority.includes('@')) return 'it has user-info before its host';
  if (!URL.canParse(text)) return 'it cannot be parsed';
  const url = new URL(text);
  return { kind: 'absolute', url, location: inAscii(text, () => url.href) };
}

/** A Location holds visible ASCII only; what is that already goes out as it came in. */
const inAscii = (text: string, encode: () => string): string => (/^[!-~]+$/.test(text) ? text : encode());

const hostRule = (rule: HostRule, kind: 'success' | 'failure', context: RedirectContext): HostRule =>
  rule === 'any' && kind === 'success' ? context.absoluteRedirects : rule;

function judgeHost({ url, location }: Absolute, rule: HostRule, context: RedirectContext): Verdict {
  const host = hostOf(url);
  if (rule === 'any') return { allowed: true, location };
  if (rule === 'initiating-host') {
    const initiating = initiatingHost(context);
    if (host === initiating) return { allowed: true, location };
    return refused(
      RULES.initiatingHost,
      `its host is ${host}, and ${initiating ?? 'no known host'} initiated the session (source_server, else the panel)`,
    );
  }
  const { trustedHosts } = context;
  if (trustedHosts === undefined || trustedHosts.some((trusted) => isTrusted(host, trusted))) {
    return { allowed: true, location };
  }
  return refused(
    RULES.trustedHosts,
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
  const named = sourceServer !== '' && URL.canParse(url) ? hostOf(new URL(url)) : '';
  if (named !== '') return named;
  return origin === undefined ? undefined : hostOf(new URL(origin));
}

const normalHost = (host: string): string => {
  const url = `http://${isIP(host) === 6 ? `[${host}]` : host}`;
  return URL.canParse(url) ? hostOf(new URL(url)) : host.toLowerCase();
};

/** The host of a URL as browsers compare it, an IPv6 address without its brackets. */
const hostOf = ({ hostname }: URL): string =>
  hostname.startsWith('[') ? (normalAddress(hostname.slice(1, -1)) ?? hostname) : hostname;

const refused = (rule: Rule, why: string): Verdict => ({ allowed: false, rule, why });
