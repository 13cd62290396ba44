import { isIPv4 } from 'node:net';
import { isHostName, parseUrl } from '../../../base/addresses.ts';
import { CertificateError } from './certificate-error.ts';
import { taggedBytes } from './der.ts';

const DNS_NAME = 2;
const IP_ADDRESS = 7;

/** The names of a server in their one form, each once; one that is no name is an error that says so. */
export function normalNames(names: readonly string[]): readonly string[] {
  if (names.length === 0) throw new CertificateError('a certificate needs a host name or an address');
  return [...new Set(names.map(normalName))];
}

function normalName(name: string): string {
  const address = isIPv4(name) ? name : normalIpv6(name);
  if (address !== undefined) return address;
  const host = name.startsWith('*.') ? name.slice(2) : name;
  if (isHostName(host)) return name.replace(/\.$/, '').toLowerCase();
  throw new CertificateError(
    `no certificate can be made for ${JSON.stringify(name)}: it is neither a host name ` +
      'nor an address (write IPv6 without brackets, names beyond ASCII in punycode)',
  );
}

/**
 * As URLs have it, in hex throughout, but IPv4 mapped into it as IPv4. `normalAddress` is not for here: the first
 * `isIPv6` of a process takes 4 ms, and every start makes a certificate.
 */
function normalIpv6(text: string): string | undefined {
  const [, plain] = IPV6_WITH_ZONE.exec(text) ?? [];
  if (plain === undefined) return undefined;
  const address = parseUrl(`http://[${plain}]`)?.hostname.slice(1, -1);
  return address?.startsWith('::ffff:') === true ? ipv6Bytes(address).subarray(12).join('.') : address;
}

const IPV6_WITH_ZONE = /^([\da-f:.]*:[\da-f:.]*)(?:%[\w.:-]+)?$/i;

/** A name in its one form as the GeneralName of a subjectAltName. */
export function generalName(name: string): Buffer {
  if (isIPv4(name)) return taggedBytes(IP_ADDRESS, Buffer.from(name.split('.').map(Number)));
  if (name.includes(':')) return taggedBytes(IP_ADDRESS, ipv6Bytes(name));
  return taggedBytes(DNS_NAME, Buffer.from(name, 'ascii'));
}

function ipv6Bytes(hex: string): Buffer {
  const [head = [], tail = []] = hex.split('::').map((half) => half.split(':').filter((word) => word !== ''));
  const zeros = Array<string>(8 - head.length - tail.length).fill('0');
  return Buffer.from([...head, ...zeros, ...tail].map((word) => word.padStart(4, '0')).join(''), 'hex');
}
