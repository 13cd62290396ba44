import type { IncomingMessage } from 'node:http';
import { normalAddress } from '../../base/addresses.ts';
import { networksOf } from '../../base/networks.ts';
import type { Rule } from '../protocol/source.ts';
import { assumed } from '../protocol/source.ts';

export const FORWARDED_RULES: readonly Rule[] = [
  {
    id: 'proxy/forwarded',
    source: assumed(
      'Plesk behind a proxy is a matter of its nginx',
      'X-Forwarded-Proto and X-Forwarded-Host count from trusted proxies alone; setting trustedProxies',
    ),
  },
];

/** How the browser reached the proxy before this server; what the proxy did not say is `undefined`. */
interface Forwarded {
  readonly scheme: 'http' | 'https' | undefined;
  readonly host: string | undefined;
}

const FORWARDED = new WeakMap<IncomingMessage, Forwarded>();

/** What a trusted proxy said of a request; `undefined` where none did. */
export const forwardedOf = (request: IncomingMessage): Forwarded | undefined => FORWARDED.get(request);

/** Takes note of what the proxy before this server says, where it is one of `trusted`: addresses and CIDR ranges. */
export function readForwarded(request: IncomingMessage, trusted: readonly string[]): void {
  const scheme = firstOf(request.headers['x-forwarded-proto'])?.toLowerCase();
  const host = firstOf(request.headers['x-forwarded-host']);
  if (scheme === undefined && host === undefined) return;
  const { remoteAddress = '' } = request.socket;
  if (!networksOf(trusted)(normalAddress(remoteAddress) ?? remoteAddress)) return;
  FORWARDED.set(request, { scheme: scheme === 'http' || scheme === 'https' ? scheme : undefined, host });
}

/** The first of several values: proxies that are chained add theirs behind it. */
function firstOf(header: string | string[] | undefined): string | undefined {
  const text = (Array.isArray(header) ? header[0] : header)?.split(',', 1)[0]?.trim();
  return text === '' ? undefined : text;
}
