import { inUrl, parseUrl } from '../../base/addresses.ts';
import { isPanelPage, PANEL_PATHS } from '../destinations/panel-pages.ts';
import type { Target } from '../destinations/resolve.ts';
import type { PleskServer } from '../directory/directory.ts';
import { Problem } from '../problems.ts';
import type { HostRule } from './releases.ts';
import { releaseOf } from './releases.ts';

/** How a browser that Plesk has let in gets to a link's target. */
export interface RedirectPlan {
  /** success_redirect_url; absent for the panel's own start page. */
  readonly success?: string;
  /** Where our own door `/continue/<reference>` sends the browser, where success is that door. */
  readonly target?: string;
}

/** Who sends the browser to Plesk. */
export interface Sender {
  /** Where browsers reach this service; its host is what Plesk is told in source_server. */
  readonly publicUrl: string;
  /** Names the link's record in the path of our own door. */
  readonly reference: string;
  /** What pages of a panel may begin with besides the usual ones. */
  readonly panelPaths: readonly string[];
}

/**
 * What Plesk is asked, so that a browser ends at the target: at once where the server's release allows that, else through
 * our own door. Throws redirect_not_allowed_by_plesk where it allows neither.
 */
export function planRedirect(server: PleskServer, target: Target, sender: Sender): RedirectPlan {
  if (target.kind === 'home') return {};
  const { panelPaths, publicUrl, reference } = sender;
  const { success } = releaseOf(server.release);
  const rule = success === 'any' ? server.absoluteRedirects : success;
  const page = new URL(target.kind === 'panel' ? `${server.origin}${target.path}` : target.url);
  refuseOtherPaths(page, server, panelPaths);
  const direct = asAllowed(page, rule, server, publicUrl);
  if (direct !== undefined) return { success: direct };
  const door = new URL(`${publicUrl.replace(/\/$/, '')}/continue/${reference}`);
  const detour = asAllowed(door, rule, server, publicUrl);
  if (detour !== undefined) return { success: detour, target: page.href };
  const { release, trustedRedirectHosts } = server;
  throw new Problem('redirect_not_allowed_by_plesk', {
    extra: { plesk_release: release, trusted_redirect_hosts: trustedRedirectHosts },
    detail: `${server.id} trusts neither ${page.host} nor this service`,
  });
}

/** Holds for URLs of the panel too, whose origin may be one of allowedOrigins. */
function refuseOtherPaths(page: URL, server: PleskServer, panelPaths: readonly string[]): void {
  if (page.origin !== new URL(server.origin).origin || isPanelPage(page, panelPaths)) return;
  const reason = `a page of the panel begins with ${[...PANEL_PATHS, ...panelPaths].join(', ')} and has no encoded slash (setting panelPaths)`;
  throw new Problem('destination_url_not_allowed', { extra: { reason }, detail: reason });
}

/**
 * The server's failure_redirect_url, which is where a log-out leads too, or `undefined` where it has none or its release
 * would not go there. It may be a path of the panel.
 */
export function failureRedirect(server: PleskServer, publicUrl: string): string | undefined {
  const { failureRedirectUrl: given, origin, release } = server;
  const url = given === undefined ? undefined : parseUrl(given.startsWith('/') ? `${origin}${given}` : given);
  if (url === undefined || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    return undefined;
  return asAllowed(url, releaseOf(release).failure, server, publicUrl);
}

/** A URL in the form that the server takes it in, or `undefined` where it does not. */
function asAllowed(url: URL, rule: HostRule, server: PleskServer, publicUrl: string): string | undefined {
  const isOwn = url.origin === new URL(server.origin).origin;
  // A path that begins with two slashes would be another host.
  if (isOwn && releaseOf(server.release).takesPaths && !url.pathname.startsWith('//'))
    return url.pathname + url.search + url.hash;
  return isHostAllowed(url.hostname, rule, server, publicUrl) ? url.href : undefined;
}

function isHostAllowed(
  host: string,
  rule: HostRule,
  { trustedRedirectHosts: trusted }: PleskServer,
  publicUrl: string,
): boolean {
  switch (rule) {
    case 'any':
      return true;
    case 'initiating-host':
      return host === new URL(publicUrl).hostname;
    case 'trusted-hosts':
      return trusted === undefined || trusted.some((entry) => isTrusted(host, entry));
  }
}

/** An entry is a host, an address, or `*.` with the domain whose sub-domains are meant, and not itself. */
function isTrusted(host: string, entry: string): boolean {
  const [, wildcard = '', name = ''] = /^(\*\.)?([^\s/\\@?#*]+)$/.exec(entry) ?? [];
  const trusted = parseUrl(`http://${inUrl(name)}`)?.hostname;
  if (trusted === undefined) return false;
  return wildcard === '' ? host === trusted : host.endsWith(`.${trusted}`);
}
