import { assumed, documented, observed } from '../source.ts';
import type { Release } from './release.ts';
import { SERVER_INFO_12_0, SERVER_INFO_17_0 } from './server-info.ts';

const LOCALES_12 =
  'da-DK de-DE el-GR en-US es-ES fi-FI fr-FR it-IT ja-JP ko-KR nb-NO nl-NL pl-PL pt-BR pt-PT ru-RU sv-SE tr-TR uk-UA zh-CN zh-TW'.split(
    ' ',
  );
const LOCALES_17 = [
  ...LOCALES_12,
  ...'ar ca-ES cs-CZ he-IL hu-HU id-ID ms-MY ro-RO th-TH tl-PH vi-VN'.split(' '),
].sort();

const PERMISSIONS_12 =
  'access_appcatalog access_service_users allow_oversell allow_local_backups allow_ftp_backups allow_insecure_sites allow_license_stubs create_domains manage_anonftp manage_crontab manage_dns manage_domain_aliases manage_log manage_mail_settings manage_maillists manage_not_chroot_shell manage_performance manage_phosting manage_php_settings manage_protected_dirs manage_quota manage_sh_access manage_spamfilter manage_subdomains manage_subftp manage_virusfilter manage_webapps manage_webstat manage_website_maintenance manage_wordpress_toolkit remote_access_interface manage_security_wordpress_toolkit select_db_server remote_db_connection create_clients change_limits'.split(
    ' ',
  );
const PERMISSIONS_17 =
  'manage_sh_access access_appcatalog access_service_users allow_oversell allow_local_backups allow_ftp_backups allow_account_local_backups allow_account_ftp_backups allow_insecure_sites create_domains manage_anonftp manage_crontab manage_domain_aliases manage_log manage_performance manage_phosting manage_php_settings manage_php_version manage_protected_dirs manage_quota manage_subdomains manage_subftp manage_webapps manage_webstat manage_website_maintenance remote_access_interface select_db_server remote_db_connection create_clients change_limits manage_not_chroot_shell'.split(
    ' ',
  );

/** The text of 11003 for a key that is used from a foreign address, and up to 17.8 for an unknown one too. */
export const INVALID_KEY_USAGE =
  'PleskAPIInvalidSecretKeyException : Invalid secret key usage. Please check logs for details.';

const ERRTEXTS = {
  notConfigured: 'Plesk is not configured. Go to the control panel to perform post-installation configuring.',
  customerLoginTaken: (login: string) => `Client with login name '${login}' already exists.`,
  noSuchClient: 'client does not exist',
  noAuthentication: 'Authentication method is not specified',
  licenseExpired:
    'The license key is invalid. In order to use Plesk, please obtain and install a new valid license key.\nYour license key has expired. To continue using your Plesk, you must purchase a non-expiring commercial license key.',
} as const;

const OF_12_0 = {
  cookies: {
    secure: 'PHPSESSID',
    plain: 'PHPSESSID',
    flags: { secure: 'secure', httpOnly: 'httponly', clearsNoFrames: true, localeIsGuarded: false },
  },
  login: { entry: '/login_up.php3', form: '/login_up.php3' },
  redirectStatus: 302,
  redirects: {
    paths: false,
    success: 'initiating-host',
    failure: 'initiating-host',
    refusedSuccess: 'turned-away',
  },
  startingUrlUsed: true,
  sourceServerIsTarget: false,
  sessionsFor: 'administrator-only',
  hasRest: false,
  noCredentials: 'wrong-credentials',
  errtexts: ERRTEXTS,
  unknownKeyText: INVALID_KEY_USAGE,
  secretKeysReadable: true,
  serverInfo: SERVER_INFO_12_0,
  serverExtras: [],
  passwordStrength: 'very-weak',
  resellerPermissions: PERMISSIONS_12,
  locales: LOCALES_12,
} as const satisfies Partial<Release>;

const OF_12_5 = {
  ...OF_12_0,
  cookies: { ...OF_12_0.cookies, flags: { ...OF_12_0.cookies.flags, clearsNoFrames: false } },
  login: { entry: '/login.php', form: '/login_up.php' },
  redirects: { paths: true, success: 'any', failure: 'any', refusedSuccess: 'default-page' },
} as const satisfies Partial<Release>;

const OF_17 = {
  ...OF_12_5,
  cookies: {
    secure: 'PLESKSESSID',
    plain: 'PLESKSESSID_INSECURE',
    flags: { secure: 'secure', httpOnly: 'HttpOnly', clearsNoFrames: false, localeIsGuarded: true },
  },
  redirectStatus: 303,
  redirects: { paths: true, success: 'any', failure: 'trusted-hosts', refusedSuccess: 'default-page' },
  startingUrlUsed: false,
  sourceServerIsTarget: true,
  sessionsFor: 'owners',
  serverInfo: SERVER_INFO_17_0,
  serverExtras: ['admin_locale', 'admin_multiple_sessions', 'install_system_package_updates_automatically'],
  resellerPermissions: PERMISSIONS_17,
  locales: LOCALES_17,
} as const satisfies Partial<Release>;

const sequence = (packet: string): Release['source'] =>
  assumed('the sequence of releases and packet versions', `packet ${packet}; else as 12.0`);

/** Oldest first. Adding a release is adding a row. */
export const RELEASES = [
  {
    id: 'release/10.4',
    plesk: '10.4',
    protocol: '1.6.3.4',
    pleskVersion: '10.4.4',
    title: 'Plesk 10.4.4',
    ...OF_12_0,
    source: documented('docs.plesk.com article 70343', 'Plesk 10.4 ships with packet version 1.6.3.4'),
  },
  {
    id: 'release/11.0',
    plesk: '11.0',
    protocol: '1.6.3.5',
    pleskVersion: '11.0.9',
    title: 'Plesk 11.0.9',
    ...OF_12_0,
    source: sequence('1.6.3.5'),
  },
  {
    id: 'release/11.5',
    plesk: '11.5',
    protocol: '1.6.5.0',
    pleskVersion: '11.5.30',
    title: 'Plesk 11.5.30',
    ...OF_12_0,
    source: sequence('1.6.5.0'),
  },
  {
    id: 'release/12.0',
    plesk: '12.0',
    protocol: '1.6.6.0',
    pleskVersion: '12.0.18',
    title: 'Plesk 12.0.18',
    ...OF_12_0,
    source: documented(
      'docs.plesk.com "Automatic Logging In to Plesk"; article 40398; plesk/api-examples e867ce5',
      'packet 1.6.6.0; success_redirect_url absolute, on the host that initiated the session',
    ),
  },
  {
    id: 'release/12.5',
    plesk: '12.5',
    protocol: '1.6.7.0',
    pleskVersion: '12.5.30',
    title: 'Plesk 12.5.30',
    ...OF_12_5,
    source: documented(
      'plesk/api-schemas 1.6.7.0; docs.plesk.com "Automatic Logging In to Plesk"',
      'packet 1.6.7.0; from 12.5 success_redirect_url may be relative',
    ),
  },
  {
    id: 'release/17.0',
    plesk: '17.0',
    protocol: '1.6.8.0',
    pleskVersion: '17.0.17',
    title: 'Plesk Onyx 17.0.17',
    ...OF_17,
    source: documented(
      'plesk/api-schemas 1.6.8.0; docs.plesk.com articles 73865 and 79044 (onyx)',
      'packet 1.6.8.0; starting_url unused; trustedRedirectHosts limits failure_redirect_url',
    ),
  },
  {
    id: 'release/17.5',
    plesk: '17.5',
    protocol: '1.6.9.0',
    pleskVersion: '17.5.3',
    title: 'Plesk Onyx 17.5.3',
    ...OF_17,
    source: documented('plesk/api-schemas 1.6.9.0', 'packet 1.6.9.0'),
  },
  {
    id: 'release/17.8',
    plesk: '17.8',
    protocol: '1.6.9.1',
    pleskVersion: '17.8.11',
    title: 'Plesk Onyx 17.8.11',
    ...OF_17,
    hasRest: true,
    noCredentials: 'no-authentication',
    source: observed('AnalogJ/lexicon, recordings of 2018', 'packet 1.6.9.1 on 17.8'),
  },
  {
    id: 'release/18.0',
    plesk: '18.0',
    protocol: '1.6.9.1',
    pleskVersion: '18.0.33',
    title: 'Plesk Obsidian 18.0.33',
    ...OF_17,
    redirects: { ...OF_17.redirects, success: 'trusted-hosts' },
    hasRest: true,
    noCredentials: 'no-authentication',
    errtexts: {
      ...ERRTEXTS,
      customerLoginTaken: (login: string) => `User account ${login} already exists.`,
      noSuchClient: 'Client does not exist',
    },
    unknownKeyText: 'PleskAPIInvalidSecretKeyException : key is not found',
    secretKeysReadable: false,
    passwordStrength: 'strong',
    source: documented(
      'docs.plesk.com articles 79044, 80002 and 73875 (obsidian)',
      'packet 1.6.9.1; trustedRedirectHosts limits both redirect URLs; owners make sessions for their own',
    ),
  },
] as const satisfies readonly Release[];

/** The language of a panel that nobody has changed. */
export const DEFAULT_LOCALE = 'en-US';

export type ReleaseName = (typeof RELEASES)[number]['plesk'];

/** A release, or another version that one stands for: `18`, `18.0.60`. */
export type AnyVersion = ReleaseName | `${number}` | `${number}.${number}.${number}`;

/** As they are typed, oldest first. */
export const RELEASE_NAMES = RELEASES.map(({ plesk }) => plesk);

/** The release that is emulated unless another is asked for. */
export const NEWEST_RELEASE: ReleaseName = '18.0';

/** The row of a release. */
export function releaseOf(name: ReleaseName): Release {
  const row = RELEASES.find(({ plesk }) => plesk === name);
  if (row === undefined) throw new Error(`no release ${name}`);
  return row;
}
