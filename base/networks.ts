import { BlockList, isIP } from 'node:net';
import { normalAddress } from './addresses.ts';

/** An address or a CIDR range, taken apart. */
export interface Network {
  readonly address: string;
  readonly family: 'ipv4' | 'ipv6';
  /** How many bits count; all of them for an address. */
  readonly prefix: number;
}

/**
 * Reads `192.0.2.1`, `192.0.2.0/24`, `2001:db8::/32`; `undefined` where a text is none of these. Bits beyond the prefix
 * must be nought: who writes 192.0.2.7/24 may have meant either.
 */
export function parseNetwork(text: string): Network | undefined {
  const [literal = '', digits, ...rest] = text.split('/');
  const address = literal.includes('%') ? undefined : normalAddress(literal);
  if (address === undefined || rest.length > 0) return undefined;
  const family = isIP(address) === 4 ? 'ipv4' : 'ipv6';
  const bits = family === 'ipv4' ? 32 : 128;
  if (digits === undefined) return { address, family, prefix: bits };
  // A range of addresses that are mapped into IPv6 counts its bits in IPv6.
  const prefix = /^(?:0|[1-9]\d{0,2})$/.test(digits)
    ? Number(digits) - (isIP(literal) === 4 ? 0 : 128 - bits)
    : -1;
  if (prefix < 0 || prefix > bits) return undefined;
  return isAligned(address, prefix) ? { address, family, prefix } : undefined;
}

/** Whether an address in its normal form is a netmask too: ones, and behind them noughts. */
export const isNetmask = (address: string): boolean =>
  /^1*0*$/.test(
    bytesOf(address)
      .map((byte) => byte.toString(2).padStart(8, '0'))
      .join(''),
  );

const bytesOf = (address: string): readonly number[] =>
  isIP(address) === 4 ? address.split('.').map(Number) : bytesOfIpv6(address);

function isAligned(address: string, prefix: number): boolean {
  return bytesOf(address).every((byte, index) => {
    const counted = Math.min(8, Math.max(0, prefix - index * 8));
    return (byte & (0xff >> counted)) === 0;
  });
}

/** The 16 bytes of an IPv6 address in its normal form. */
function bytesOfIpv6(address: string): readonly number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const hex = (high = '0', low = '0'): string => (Number(high) * 256 + Number(low)).toString(16);
  const plain =
    dotted === null ? address : `${dotted[1] ?? ''}${hex(dotted[2], dotted[3])}:${hex(dotted[4], dotted[5])}`;
  const [head = '', tail] = plain.split('::');
  const groups = (part: string | undefined): readonly string[] =>
    part === undefined || part === '' ? [] : part.split(':');
  const [front, back] = [groups(head), groups(tail)];
  const nought = Array.from({ length: 8 - front.length - back.length }, () => '0');
  return [...front, ...nought, ...back].flatMap((group) => {
    const value = parseInt(group, 16);
    return [value >> 8, value & 0xff];
  });
}

/** Tells of addresses whether they lie in one of these addresses and ranges; what is none of either holds nothing. */
export function networksOf(texts: readonly string[]): (address: string) => boolean {
  const list = new BlockList();
  for (const text of texts) {
    const network = parseNetwork(text);
    if (network !== undefined) list.addSubnet(network.address, network.prefix, network.family);
  }
  return (address) => {
    const normal = normalAddress(address);
    return normal !== undefined && list.check(normal, isIP(normal) === 4 ? 'ipv4' : 'ipv6');
  };
}

/** The first `prefix` bits of an IPv6 address as a text; an IPv4 address as it is. Both in normal form. */
export function networkOf(address: string, prefix: 64): string {
  if (isIP(address) !== 6) return address;
  const groups = bytesOfIpv6(address).slice(0, prefix / 8);
  return `${Buffer.from(groups).toString('hex')}/${prefix}`;
}
