import { isHostName, isLoopback, normalAddress, parseUrl } from '../base/addresses.ts';
import { parseNetwork } from '../base/networks.ts';
import type { Setting, SettingTable } from '../base/settings.ts';
import { isPanelPath, PANEL_PATHS } from './destinations/panel-pages.ts';
import { MODES } from './directory/directory.ts';
import { readReference } from './directory/reference.ts';
import { isKeyPrefix } from './links/redis/url.ts';

/** Every setting begins so in the environment. */
export const PREFIX = 'PLESK_SSO_';

type Form = NonNullable<Setting['form']>;

/** https, or http on this machine alone; no user-info, no query, no fragment. */
function isWebUrl(text: string): boolean {
  const url = /^https?:\/\/[^\s\\@?#]+$/i.test(text) ? parseUrl(text) : undefined;
  if (url === undefined || !(url.hostname.startsWith('[') || isHostName(url.hostname))) return false;
  return url.protocol === 'https:' || isLoopback(url);
}

const isOrigin = (text: string): boolean => isWebUrl(text) && new URL(text).pathname === '/';
const isProxy = (text: string): boolean => (parseNetwork(text)?.prefix ?? 0) >= FEWEST_BITS;

/** A range that is wider than this trusts everyone, or nearly so. */
const FEWEST_BITS = 8;

const URL_FORM: Form = {
  name: 'https URL without query (http is for loopback only)',
  holds: isWebUrl,
};
const ORIGIN: Form = {
  name: 'https URL without a path (http is for loopback only)',
  holds: isOrigin,
};
const PANEL_PATH: Form = {
  name: "path with a slash at its end, such as /my-extension/; nor one of Plesk's login pages, which lead on to any host",
  holds: isPanelPath,
};
const PROXY: Form = {
  name: `address, or CIDR range of at least ${FEWEST_BITS} bits: a proxy is trusted with the address of every visitor`,
  holds: isProxy,
};
const HOST: Form = {
  name: 'address or host name',
  holds: (text) => normalAddress(text) !== undefined || isHostName(text),
};
const FILE: Form = { name: 'file name', holds: (text) => text !== '' };
const LANGUAGE: Form = { name: 'language, such as en', holds: (text) => /^[a-z]{2}(-[a-z]{2})?$/.test(text) };
const PEPPER: Form = {
  name: 'key of at least 32 characters, nor env:NAME, nor file:/path',
  holds: (text) => /^(?:env|file):./.test(text) || text.length >= 32,
};
const KEY_PREFIX: Form = { name: 'text of letters, digits and :._-', holds: isKeyPrefix };
const REFERENCE: Form = {
  name: 'env:NAME or file:/path',
  holds: (text) => /^(?:env|file):/.test(text) && !('mistake' in readReference(text)),
};
const STORE: Form = {
  name: 'memory, redis://host:port or rediss://host:port',
  holds: (text) => text === 'memory' || /^rediss?:\/\/[^\s/]+(?:\/\d*)?$/.test(text),
};

const number = (value: string, standard: number, least: number, most: number, says: string) =>
  ({ kind: 'number', value, standard, least, most, says }) as const satisfies Setting;

const path = (value: string, says: string) =>
  ({ kind: 'text', value, form: FILE, says }) as const satisfies Setting;

const milliseconds = (standard: number, least: number, most: number, says: string) =>
  number('MS', standard, least, most, `${says}, in milliseconds`);

/** How the service behaves: as options, as flags and variables, and in the words of `--help` and the docs. */
export const SETTINGS = {
  publicUrl: {
    kind: 'text',
    value: 'URL',
    form: ORIGIN,
    says: 'where browsers reach this service; links begin so',
  },
  clientAreaUrl: {
    kind: 'text',
    value: 'URL',
    form: URL_FORM,
    says: "the billing system's client area, to which the names of destinations belong",
  },
  directory: path('FILE', 'the directory: servers, users and API keys; only its owner may read it'),
  host: {
    kind: 'text',
    value: 'HOST',
    standard: '127.0.0.1',
    form: HOST,
    says: 'the address to listen on; 0.0.0.0 for all',
  },
  port: number('N', 9080, 0, 65_535, 'the port for the API and for browsers; 0 takes any that is free'),
  metricsPort: number(
    'N',
    9081,
    0,
    65_535,
    'the port for /metrics, /healthz and /readyz; 0 takes any that is free',
  ),
  metricsHost: {
    kind: 'text',
    value: 'HOST',
    standard: '127.0.0.1',
    form: HOST,
    says: 'the address that the metrics port listens on; 0.0.0.0 for all, as probes and Prometheus on other machines need',
  },
  tlsCert: path(
    'FILE',
    'a certificate in PEM, its chain below it; without it a proxy in front has to do TLS',
  ),
  tlsKey: path('FILE', 'the key of tlsCert in PEM'),
  trustedProxies: {
    kind: 'list',
    value: 'ADDRESSES',
    form: PROXY,
    standard: [],
    says: 'proxies whose X-Forwarded-For counts, addresses and CIDR ranges with commas',
  },
  allowedOrigins: {
    kind: 'list',
    value: 'ORIGINS',
    form: ORIGIN,
    standard: [],
    says: "origins that a destination may name besides the client area's own, with commas",
  },
  panelPaths: {
    kind: 'list',
    value: 'PATHS',
    form: PANEL_PATH,
    standard: [],
    says: `what a destination on the panel may begin with besides ${PANEL_PATHS.join(', ')}, with commas`,
  },
  destinations: path('FILE', 'JSON that replaces routes of the destinations: { "name": "/route/{0}" }'),
  language: {
    kind: 'text',
    value: 'LANGUAGE',
    form: LANGUAGE,
    says: 'links are /LANGUAGE/sign-in instead of /sign-in',
  },
  store: {
    kind: 'text',
    value: 'memory|redis://...',
    standard: 'memory',
    form: STORE,
    isSecret: true,
    says: 'where links live: in this process, or in a Redis that several share',
  },
  storePassword: {
    kind: 'text',
    value: 'env:NAME|file:/path',
    form: REFERENCE,
    isSecret: true,
    says: 'where the password for Redis is, so that it is not in the URL of the store',
  },
  storeCa: path(
    'FILE',
    'the CA in PEM that signs the certificate of a rediss:// store; no other is trusted then',
  ),
  storePrefix: {
    kind: 'text',
    value: 'TEXT',
    form: KEY_PREFIX,
    says: 'what the keys in Redis begin with; deployments with different pepperKeys are apart without it',
  },
  storeRunCheck: {
    kind: 'boolean',
    value: '',
    standard: true,
    says: 'links that were not opened end with a restart or fail-over of Redis, whose user needs +info; without this check they may open twice',
  },
  pepperKeys: {
    kind: 'list',
    value: 'KEYS',
    form: PEPPER,
    isSecret: true,
    says: 'what tokens are digested with, the current key first, as text, env:NAME or file:/path; needed for Redis and for sealed credentials',
  },
  ttl: number('SECONDS', 60, 10, 60, 'how long a link is good'),
  mode: {
    kind: 'text',
    value: MODES.join('|'),
    choices: MODES,
    standard: 'auto',
    says: 'whether a link opens at once (direct), after a button was pressed (confirm), or at once only for what is certainly a page navigation of a browser (auto), where neither request nor key says',
  },
  endReusedSessions: {
    kind: 'boolean',
    value: '',
    standard: false,
    says: 'end the Plesk session of a link that is opened a second time',
  },
  endSuspendedSessions: {
    kind: 'boolean',
    value: '',
    standard: true,
    says: 'end the Plesk sessions that the links of a user opened when the user is suspended or removed, or loses the account',
  },
  issueLimit: number('N', 60, 1, 1_000_000, 'links that an API key may ask for in a minute'),
  getLimit: number('N', 600, 1, 1_000_000, 'links that an API key may ask about in a minute'),
  revokeLimit: number('N', 600, 1, 1_000_000, 'requests to revoke links of an API key in a minute'),
  openLimit: number(
    'N',
    30,
    1,
    1_000_000,
    "openings of a user's links from an address (IPv6: a /64) in a minute",
  ),
  failedLimit: number(
    'N',
    10,
    1,
    1_000_000,
    'unknown or malformed tokens from an address in a minute; beyond, such tokens are 429',
  ),
  wrongKeyLimit: number(
    'N',
    30,
    1,
    1_000_000,
    'requests without a valid API key from an address (IPv6: a /64) in a minute; a valid key is never refused for them',
  ),
  pleskConnectMs: milliseconds(2000, 1, 60_000, 'how long a connection to Plesk may take'),
  pleskTotalMs: milliseconds(5000, 1, 60_000, 'how long a request to Plesk may take, all in all'),
  pleskInFlight: number('N', 16, 1, 10_000, 'requests to one Plesk at the same time'),
  breakerFailures: number('N', 5, 1, 1000, 'failures in a row after which a Plesk is given a pause'),
  breakerPauseMs: milliseconds(5000, 1, 600_000, 'how long that pause is'),
  claimWaitMs: milliseconds(6000, 0, 60_000, 'how long a second opening waits for what comes of the first'),
  requestMs: milliseconds(
    10_000,
    100,
    60_000,
    'how long the headers of a request, a whole request and a TLS handshake may take to arrive',
  ),
  maxConnections: number(
    'N',
    10_000,
    1,
    1_000_000,
    'open connections of each port at the same time; further ones are closed at once',
  ),
  drainMs: milliseconds(2000, 0, 8000, 'how long the service is not ready before it closes its port'),
} as const satisfies SettingTable;
