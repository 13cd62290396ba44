import { isHostName, normalAddress } from '../base/addresses.ts';
import { parseNetwork } from '../base/networks.ts';
import { nearestVersion } from '../base/nearest-version.ts';
import type { Setting, SettingTable } from '../base/settings.ts';
import { NEWEST_RELEASE, RELEASE_NAMES } from './protocol/versions/releases.ts';

/** Every setting begins so in the environment. */
export const PREFIX = 'PLESK_EMULATOR_';

type Form = NonNullable<Setting['form']>;

const isAddress = (name: string): boolean => normalAddress(name) !== undefined;
const isHost = (name: string): boolean => isAddress(name) || isHostName(name);

const ADDRESS: Form = { name: 'address', holds: isAddress };
const HOST: Form = { name: 'address or host name', holds: isHost };
const TRUSTED_HOST: Form = {
  name: 'host name, address, or *. and a host name',
  holds: (name) => isHost(name.replace(/^\*\./, '')),
};
const CERTIFIED: Form = { ...TRUSTED_HOST, name: 'host name, *. and a host name, or address' };
const NETWORK: Form = { name: 'address or CIDR range', holds: (name) => parseNetwork(name) !== undefined };
const FILE: Form = { name: 'file name', holds: (name) => name !== '' };
const ZONE: Form = { name: 'time zone of the IANA database, such as Europe/Berlin', holds: isTimeZone };

const flag = (standard: boolean, says: string) =>
  ({ kind: 'boolean', value: '', standard, says }) as const satisfies Setting;

const word = <const W extends readonly string[]>(choices: W, standard: W[number], says: string) =>
  ({ kind: 'text', value: choices.join('|'), choices, standard, says }) as const satisfies Setting;

const path = (value: string, says: string) =>
  ({ kind: 'text', value, form: FILE, says }) as const satisfies Setting;

const list = (value: string, form: Form, says: string) =>
  ({ kind: 'list', value, form, says }) as const satisfies Setting;

const number = (value: string, least: number, most: number, says: string) =>
  ({ kind: 'number', value, least, most, says }) as const satisfies Setting;

const port = (standard: number, what: string) =>
  ({ ...number('N', 0, 65_535, `the port for ${what}; 0 takes any that is free`), standard }) as const;

const minutes = (says: string) => ({ ...number('MINUTES', 1, 99_999, says), standard: 30 }) as const;

/**
 * How the emulator behaves, with the defaults of a fresh Plesk that only this machine can reach: as options, as flags
 * and variables, and in the words of `--help` and docs/options.md.
 */
export const SETTINGS = {
  plesk: {
    ...word(
      RELEASE_NAMES,
      NEWEST_RELEASE,
      `the release to emulate: ${RELEASE_NAMES.join(', ')}; 18 is the newest of 18, 18.0.60 the nearest one at or below`,
    ),
    value: 'RELEASE',
    choiceFor: (text) => nearestVersion(text, RELEASE_NAMES),
  },
  host: {
    kind: 'text',
    value: 'HOST',
    standard: '127.0.0.1',
    form: HOST,
    says: 'the address to listen on; 0.0.0.0 for all',
  },
  httpPort: port(8880, 'HTTP'),
  https: flag(true, 'HTTPS besides HTTP'),
  httpsPort: port(8443, 'HTTPS'),
  hostnames: {
    ...list('NAMES', CERTIFIED, "what the certificate is for besides this machine's own names, with commas"),
    standard: [],
  },
  caDir: path('DIR', 'where the CA is kept, and made at the first start; without it each start has its own'),
  tlsCert: path('FILE', 'a certificate of your own in PEM, its chain below it'),
  tlsKey: path('FILE', 'the key of tlsCert in PEM'),
  seed: path(
    'FILE|demo',
    'what to start with, in YAML or JSON, or a packet in XML; without it the administrator alone',
  ),
  state: path(
    'FILE',
    'keep accounts, keys and settings in this file; once it is there, it counts and not the seed',
  ),
  trustedRedirectHosts: list(
    'HOSTS',
    TRUSTED_HOST,
    'panel.ini [security] trustedRedirectHosts, with commas; an empty text trusts none; absent, all',
  ),
  absoluteRedirects: word(
    ['any', 'initiating-host'],
    'any',
    'where 12.5 and 17.x let an absolute success_redirect_url lead',
  ),
  trustedProxies: {
    ...list(
      'ADDRESSES',
      NETWORK,
      'proxies whose X-Forwarded-Proto and X-Forwarded-Host say how the browser reaches the panel, with commas',
    ),
    standard: [],
  },
  loginTimeout: minutes('the idle time after which a session ends'),
  tokenTtl: number('SECONDS', 1, 31_536_000, 'how long a token may wait to be opened; absent, the idle time'),
  tokenReuse: flag(false, 'let a token log in again while its session lives'),
  addressCheck: flag(true, 'accept a token from its user_ip only'),
  allowIpChanges: flag(false, 'let a session go on from another address'),
  unopenedSessions: flag(false, 'accept a token as session cookie before it was opened'),
  emptyUserIp: word(
    ['caller', 'refuse'],
    'caller',
    "what an empty user_ip does: bind to the API caller's address, or 1019",
  ),
  suspendedSession: word(
    ['refuse', 'make'],
    'refuse',
    'what create_session does for a suspended account: 1011, or a token that logs nobody in',
  ),
  unknownLogin: word(
    ['1013', '1001'],
    '1013',
    'the errcode of create_session for a login that does not exist',
  ),
  foreignAccount: word(
    ['1006', '1013'],
    '1006',
    "the errcode for an account that is somebody else's: permission denied, or as if it were not there",
  ),
  passwordStrength: word(
    ['release', 'very-weak', 'weak', 'medium', 'strong', 'very-strong'],
    'release',
    'how strong a new password has to be, or 1019; release: strong on 18.0, very-weak (any) before',
  ),
  credentialRules: word(
    ['documented', 'any'],
    'documented',
    'which logins and passwords accounts may have: those that Plesk documents, or any that is not empty; else 1019',
  ),
  accountStatus: word(
    ['any', 'documented'],
    'any',
    'which status an account may be given: any number, or 0, 16, 32 and 64 alone (else 1025)',
  ),
  resellerWithCustomers: word(
    ['delete', 'refuse'],
    'delete',
    'what reseller/del does while the reseller has customers: deletes them with it, or 1023',
  ),
  keyWithoutAddress: word(
    ['sender', 'any'],
    'sender',
    'where a secret key made without ip_address is accepted from',
  ),
  lockoutAttempts: number('N', 1, 1000, 'how many wrong passwords lock a login; without it none do'),
  lockoutMinutes: minutes('how long a login stays locked'),
  loginByGet: flag(true, 'let login_up.php take login and password by GET'),
  sameSite: word(['absent', 'lax', 'strict', 'none'], 'absent', "SameSite of the session's cookie"),
  askForContact: flag(false, 'ask a user without e-mail or phone for them before the first page'),
  anyContentType: flag(true, 'read packets of any Content-Type; else all but text/xml is 1014'),
  api: flag(true, 'panel.ini [api] enabled'),
  apiAllowedIps: list('ADDRESSES', ADDRESS, 'panel.ini [api] allowedIPs, with commas'),
  maxPacketBytes: {
    ...number('BYTES', 1024, 67_108_864, 'the largest packet that is read'),
    standard: 1_048_576,
  },
  journal: {
    ...number('N', 0, 1_000_000, 'how many of the latest requests the journal holds; 0 keeps none'),
    standard: 1000,
  },
  unexpected: word(
    ['record', 'fail'],
    'record',
    'whether verify, and closing in-process, fail where there were operations that are not emulated or unread fields',
  ),
  idSeed: {
    kind: 'text',
    value: 'TEXT',
    form: { name: 'text', holds: (name: string) => name !== '' },
    says: 'make tokens and keys from this text: the same in each run; without it they are random',
  },
  controlToken: {
    kind: 'text',
    value: 'TOKEN',
    form: {
      name: 'token of at least 16 visible ASCII characters',
      holds: (text: string) => /^[!-~]{16,}$/.test(text),
    },
    isSecret: true,
    says: 'what /_emulator wants as bearer token; without it, it is served where the host is loopback alone',
  },
  timeZone: {
    kind: 'text',
    value: 'ZONE',
    standard: 'UTC',
    form: ZONE,
    says: 'the zone of the times in answers',
  },
} as const satisfies SettingTable;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
