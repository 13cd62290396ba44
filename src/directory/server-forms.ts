import { isHostName, isLoopback, normalAddress, parseUrl } from '../../base/addresses.ts';

/** A value in its normal form, or in words what is wrong with it. */
export type Read<T> = { readonly value: T } | { readonly mistake: string };

const wrong = (mistake: string): { readonly mistake: string } => ({ mistake });

/** The origin that a URL of a panel names. */
export function readOrigin(text: string): Read<string> {
  const read = readWebUrl(text);
  if ('mistake' in read) return read;
  const isBare = /^https?:\/\/[^/?#]+\/?$/i.test(text);
  return isBare
    ? { value: read.value.origin }
    : wrong('this must be the panel alone, such as https://plesk.example.com:8443, without a path');
}

/** An absolute URL, or a path of the panel, as a browser writes it. */
export function readTarget(text: string): Read<string> {
  if (text.startsWith('/')) return readPath(text);
  const read = readWebUrl(text);
  return 'mistake' in read ? read : { value: read.value.href };
}

function readPath(text: string): Read<string> {
  const url = FORGIVEN.test(text) ? undefined : parseUrl(`https://panel.invalid${text}`);
  // A path that begins with two slashes would be another host.
  const isPath = !text.startsWith('//') && url?.pathname.startsWith('//') === false;
  return url !== undefined && isPath
    ? { value: url.pathname + url.search + url.hash }
    : wrong('this is no path of the panel, such as /login');
}

/** The parser forgives much that leads elsewhere than it seems to, so that is refused before it is asked. */
function readWebUrl(text: string): Read<URL> {
  const authority = /^https?:\/\/([^/?#]*)/i.exec(text)?.[1] ?? '';
  const url = authority === '' || FORGIVEN.test(text) ? undefined : parseUrl(text);
  if (url === undefined) return wrong('this is no URL, such as https://plesk.example.com:8443');
  if (authority.includes('@')) return wrong('a URL has no user name or password here');
  if (url.protocol === 'http:' && !isLoopback(url))
    return wrong('this must begin with https://; http is for loopback only');
  return { value: url };
}

const FORGIVEN = /[\p{Cc}\p{Z}\\]/u;

/** The SHA-256 of a certificate as 64 lower-case hex digits, from what openssl and browsers show. */
export function readFingerprint(text: string): Read<string> {
  const digits = FINGERPRINT.exec(text.trim())?.[1];
  return digits === undefined
    ? wrong('this is no SHA-256 fingerprint: 64 hex digits, with colons or without')
    : { value: digits.replaceAll(':', '').toLowerCase() };
}

const FINGERPRINT = /^(?:sha-?256(?: fingerprint)?\s*[:=]\s*)?((?:[\da-f]{2}:){31}[\da-f]{2}|[\da-f]{64})$/i;

/** Whether an entry has a form that trustedRedirectHosts takes: a name, `*.` and a name, or an address. */
export function isTrustedHost(text: string): boolean {
  if (normalAddress(text) !== undefined) return true;
  const name = text.replace(/^\*\./, '');
  return isHostName(name) && normalAddress(name) === undefined;
}
