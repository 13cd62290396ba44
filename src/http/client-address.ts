import type { IncomingMessage } from 'node:http';
import { isIP } from 'node:net';
import { normalAddress } from '../../base/addresses.ts';
import { networksOf } from '../../base/networks.ts';
import type { ProxyMistake } from './proxy-warnings.ts';

/** An address, and why it may be that of a proxy instead of the visitor's. */
export interface ClientAddress {
  readonly address: string;
  readonly mistake?: ProxyMistake;
}

/**
 * Tells the address of whoever asks: the socket's peer, or, where that is a trusted proxy, the last address of
 * X-Forwarded-For that no trusted proxy has. What stands before that was written by the visitor and counts for nothing.
 * An entry that holds no strict address literal ends the search: then it is the proxy that told of it. '' where the
 * connection is gone.
 */
export function clientAddresses(
  trustedProxies: readonly string[],
): (request: IncomingMessage) => ClientAddress {
  const isTrusted = networksOf(trustedProxies);
  return ({ socket, headers }) => {
    let address = normalAddress(socket.remoteAddress ?? '') ?? '';
    const forwarded = headers['x-forwarded-for'];
    if (forwarded === undefined) return isTrusted(address) ? { address, mistake: 'no_address' } : { address };
    const hops = (Array.isArray(forwarded) ? forwarded.join(',') : forwarded).split(',');
    while (hops.length > 0 && isTrusted(address)) {
      const hop = addressIn(hops.pop()?.trim() ?? '');
      if (hop === undefined) return { address, mistake: 'no_address' };
      address = hop;
    }
    if (hops.length > 0) return { address, mistake: 'not_trusted' };
    return isTrusted(address) ? { address, mistake: 'no_address' } : { address };
  };
}

/** The address of an entry, which some proxies write with a port or in brackets; a zone says nothing beyond its host. */
function addressIn(entry: string): string | undefined {
  const [, bracketed, dotted] = /^(?:\[([^\]]*)\]|([\d.]+))(?::\d{1,5})?$/.exec(entry) ?? [];
  const literal = bracketed ?? dotted ?? entry;
  const isIpv6 = isIP(literal) === 6;
  if (literal.includes('%') || (bracketed !== undefined && !isIpv6)) return undefined;
  return normalAddress(literal);
}
