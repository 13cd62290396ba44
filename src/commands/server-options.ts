import type { SettingTable } from '../../base/settings.ts';
import { nearestVersion } from '../../base/nearest-version.ts';
import { RELEASE_NAMES } from '../plesk/releases.ts';
import { SETTINGS } from '../settings.ts';

/** What `--unset` takes out of an entry: its fields by their flags. */
export const UNSET = {
  login: 'auth',
  ca: 'ca',
  fingerprint: 'fingerprint',
  'trusted-redirect-hosts': 'trustedRedirectHosts',
  'absolute-redirects': 'absoluteRedirects',
  'failure-redirect-url': 'failureRedirectUrl',
  'php-session-id': 'phpSessionId',
} as const;

const REFERENCE = { kind: 'text', value: 'REF', isSecret: true } as const;
const WHERE = 'as env:NAME or file:/run/secrets/NAME, never as it is';

export const SERVER_OPTIONS = {
  url: { kind: 'text', value: 'URL', says: 'the panel, https://plesk.example.com:8443' },
  release: {
    kind: 'text',
    value: 'RELEASE',
    choices: RELEASE_NAMES,
    choiceFor: (text) => nearestVersion(text, RELEASE_NAMES),
    says: `its release: ${RELEASE_NAMES.join(', ')}, or its version, such as 18.0.60; servers check says which`,
  },
  secretKey: { ...REFERENCE, says: `a secret key of its API, ${WHERE}` },
  login: { kind: 'text', value: 'LOGIN', says: 'a login, in place of a secret key' },
  password: { ...REFERENCE, says: `the password of the login, ${WHERE}` },
  seal: {
    kind: 'boolean',
    value: '',
    standard: false,
    says: 'read the password of the login, or without one the secret key, from standard input (one line), and keep it sealed with the pepper',
  },
  pepperKeys: {
    ...SETTINGS.pepperKeys,
    says: 'what --seal seals with, and servers check opens: the same as the service has',
  },
  ca: { kind: 'text', value: 'FILE', says: 'the CA to trust, in PEM; its content is kept' },
  fingerprint: { kind: 'text', value: 'SHA256', says: 'the certificate to trust, in place of a CA' },
  trustedRedirectHosts: {
    kind: 'list',
    value: 'HOSTS',
    says: "what the server's panel.ini has as trustedRedirectHosts, with commas; '' where it is there and empty",
  },
  absoluteRedirects: {
    kind: 'text',
    value: 'any|initiating-host',
    choices: ['any', 'initiating-host'],
    says: 'where 12.5 and 17.x let an absolute success_redirect_url lead; any without it',
  },
  failureRedirectUrl: {
    kind: 'text',
    value: 'URL',
    says: 'where Plesk leads after a failed login and on log-out, where its release goes there',
  },
  phpSessionId: {
    kind: 'boolean',
    value: '',
    says: 'send the browser with PHPSESSID besides PLESKSESSID (Plesk for Linux up to 12.5)',
  },
  unset: {
    kind: 'list',
    value: 'FIELDS',
    form: {
      name: `field that can be unset: ${Object.keys(UNSET).join(', ')}`,
      holds: (text) => Object.hasOwn(UNSET, text),
    },
    says: `take these out, with commas: ${Object.keys(UNSET).join(', ')}`,
  },
} as const satisfies SettingTable;
