import { hash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage, OutgoingHttpHeaders } from 'node:http';
import type { AddressInfo } from 'node:net';
import { isLoopbackAddress } from '../../base/addresses.ts';
import type { Settings } from '../config.ts';
import { ownNames } from './own-names.ts';
import { originOf } from './request.ts';

/** Why a request may not use the control, and how that is answered. */
export interface ControlRefusal {
  readonly status: 401 | 403;
  readonly error: string;
  readonly headers: OutgoingHttpHeaders;
}

/**
 * Whether a request may use the control: a Host of this emulator, no foreign origin, and the token where there is one.
 * Where the address that is listened on is not loopback there has to be one; who asks, and from where, counts for
 * nothing.
 */
export function controlRefusal(request: IncomingMessage, settings: Settings): ControlRefusal | undefined {
  const { controlToken } = settings;
  if (!isOwnHost(request, settings))
    return forbidden(
      `the Host '${request.headers.host ?? ''}' is none of this emulator's; name it by --hostnames (PLESK_EMULATOR_HOSTNAMES)`,
    );
  const foreign = foreignOrigin(request);
  if (foreign !== undefined) return forbidden(`pages of ${foreign} may not use the control`);
  if (controlToken === undefined) {
    if (isBoundToLoopback(request)) return undefined;
    return forbidden(
      'the emulator listens on more than loopback, where the control wants a token: start it with --control-token (PLESK_EMULATOR_CONTROL_TOKEN)',
    );
  }
  if (matches(tokenOf(request), controlToken)) return undefined;
  return {
    status: 401,
    error: 'the control wants its token, as Authorization: Bearer, or as the password of Basic',
    headers: { 'WWW-Authenticate': 'Basic realm="plesk-emulator", charset="UTF-8"' },
  };
}

const forbidden = (error: string): ControlRefusal => ({ status: 403, error, headers: {} });

/** Against pages that have given a name of theirs the address of this machine. */
function isOwnHost(request: IncomingMessage, settings: Settings): boolean {
  const { host = '' } = request.headers;
  const name = host
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .replace(/\.$/, '')
    .toLowerCase();
  const { localAddress = '' } = request.socket;
  const own = [...ownNames(settings), localAddress.replace(/^::ffff:/, '')];
  return own.some((one) =>
    one.startsWith('*.') ? name.endsWith(one.slice(1).toLowerCase()) : name === one.toLowerCase(),
  );
}

/** The origin of a page that is not this emulator's own. */
function foreignOrigin(request: IncomingMessage): string | undefined {
  const { origin, 'sec-fetch-site': site } = request.headers;
  if (origin !== undefined && origin !== originOf(request))
    return origin === 'null' ? 'another origin' : origin;
  return site === 'cross-site' && request.headers['sec-fetch-mode'] !== 'navigate'
    ? 'another site'
    : undefined;
}

/** Whose server it is, ours or a test's own: what counts is where it listens. */
function isBoundToLoopback({ socket }: IncomingMessage): boolean {
  const { server } = socket as { readonly server?: { readonly address: () => AddressInfo | string | null } };
  const bound = server?.address();
  // A path of a Unix socket: nobody reaches it but from this machine.
  if (typeof bound === 'string') return true;
  return typeof bound === 'object' && bound !== null && isLoopbackAddress(bound.address);
}

function tokenOf({ headers: { authorization = '' } }: IncomingMessage): string {
  const [, scheme = '', given = ''] = /^(\w+) +(\S+)$/.exec(authorization) ?? [];
  if (scheme.toLowerCase() === 'bearer') return given;
  if (scheme.toLowerCase() !== 'basic') return '';
  return Buffer.from(given, 'base64')
    .toString()
    .replace(/^[^:]*:/, '');
}

const matches = (given: string, token: string): boolean =>
  timingSafeEqual(hash('sha256', given, 'buffer'), hash('sha256', token, 'buffer'));
