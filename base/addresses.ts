import { isIP, SocketAddress } from 'node:net';

/**
 * An IP address in its one normal form, or `undefined` where the text is none: IPv6 shortened and in lower
 * case, without a zone, and an IPv4 address that is mapped into IPv6 (`::ffff:192.0.2.1`) as IPv4.
 */
export function normalAddress(text: string): string | undefined {
  const version = isIP(text);
  if (version === 0) return undefined;
  if (version === 4) return text;
  const plain = text.startsWith('::ffff:') ? text.slice(7) : '';
  if (isIP(plain) === 4) return plain;
  const zone = text.indexOf('%');
  const { address } = new SocketAddress({
    address: zone === -1 ? text : text.slice(0, zone),
    family: 'ipv6',
  });
  const mapped = MAPPED.exec(address)?.[1];
  return mapped ?? address;
}

const MAPPED = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/;

/** Whether a text is a host name as DNS has them: labels of letters, digits and inner hyphens. */
export const isHostName = (text: string): boolean => text.length <= 253 && HOST_NAME.test(text);

const HOST_NAME = /^(?:[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?\.)*[a-z\d_](?:[a-z\d_-]{0,61}[a-z\d_])?\.?$/i;

/** How an address or host name stands in a URL: IPv6 in brackets. */
export const inUrl = (host: string): string => (isIP(host) === 6 ? `[${host}]` : host);

/** Where a program on this machine reaches what listens on an address: on loopback, where that is all addresses. */
export function reachableHost(host: string): string {
  const address = normalAddress(host);
  return (address === undefined ? undefined : LOOPBACK_OF[address]) ?? host;
}

const LOOPBACK_OF: Readonly<Record<string, string>> = { '0.0.0.0': '127.0.0.1', '::': '::1' };

/** Whether a URL's host is this machine, which traffic to it does not leave; names below localhost are (RFC 6761). */
export const isLoopback = ({ hostname }: URL): boolean =>
  /(?:^|\.)localhost$/.test(hostname) || hostname === '[::1]' || /^127\.\d+\.\d+\.\d+$/.test(hostname);

/** Whether an address, as a socket has it, is one that only this machine reaches. */
export const isLoopbackAddress = (address: string): boolean =>
  address === '::1' || /^(?:::ffff:)?127\.\d+\.\d+\.\d+$/i.test(address);

/** A URL parsed as browsers do, or `undefined`; Node 20's `URL.canParse` errs on names beyond ASCII once it is hot. */
export function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}
