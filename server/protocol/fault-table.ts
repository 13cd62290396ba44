import type { FaultRule } from './fault.ts';
import type { Rule } from './source.ts';
import { assumed, documented, observed } from './source.ts';

const CODES = 'docs.plesk.com article 33765';

const row = (name: string, errcode: number, source: Rule['source']): FaultRule => ({
  id: `fault/${name}`,
  errcode,
  source,
});

/** The fault table: every errcode that is answered, by the case. */
export const FAULT_TABLE = {
  wrongCredentials: row(
    'wrong-credentials',
    1001,
    observed('go-acme/lego plesk/internal/fixtures/global-error.xml', '1001 and its text, 18.0'),
  ),
  noAuthentication: row(
    'no-authentication',
    1029,
    observed('plesk/api-examples issue 7', '1029 and its text where no usable credentials are sent'),
  ),
  versionNotSupported: row(
    'version-not-supported',
    1005,
    observed('Patchman "Platform Integrations"', '1005 names the version asked for and the newest spoken'),
  ),
  apiClosed: row(
    'api-closed',
    1006,
    observed('Patchman "Platform Integrations"', '1006 on the packet, with the address'),
  ),
  permissionDenied: row(
    'permission-denied',
    1006,
    documented(CODES, '1006: permission denied; the sentence is assumed'),
  ),
  multipleAccess: row(
    'multiple-access',
    1008,
    documented(CODES, '1008: multiple access denied; the sentence is assumed'),
  ),
  accountDisabled: row(
    'account-disabled',
    1011,
    documented(CODES, '1011: account disabled, for its own calls as well; the sentence is assumed'),
  ),
  lockedLogin: row('locked-login', 1012, documented(CODES, '1012: locked login; the sentence is assumed')),
  noSuchUser: row('no-such-user', 1013, assumed(CODES, '1013 for a login that does not exist')),
  noSuchSession: row(
    'no-such-session',
    1013,
    documented(CODES, '1013: object does not exist; the sentence is assumed'),
  ),
  noSuchKey: row(
    'no-such-key',
    1013,
    observed('plesk/api-php-lib SecretKeyTest::testDelete', '1013 for a key that is not there; text assumed'),
  ),
  unreadable: row(
    'unreadable',
    1014,
    observed(
      'WHMCS forum 95074; plesk/api-php-lib testInvalidXmlRequest',
      'one text for all that cannot be read',
    ),
  ),
  invalid: row(
    'invalid',
    1014,
    observed(
      'boxbilling issue 1188; plesk/whmcs-plugin issues 17, 34, 48',
      "libxml2's first sentence and its line",
    ),
  ),
  unsupported: row(
    'unsupported',
    1017,
    observed('roundcubemail issue 6526', '1017 in the result of an operation that is newer than the packet'),
  ),
  noSuchClient: row(
    'no-such-client',
    1013,
    observed(
      'molisoft/plesk_lib spec/vcr, customer set on 11.5.30',
      '1013 "client does not exist", for customers; resellers assumed alike',
    ),
  ),
  clientExists: row(
    'client-exists',
    1007,
    observed('molisoft/plesk_lib spec/vcr, customer add on 11.5.30', '1007 for a login that is taken'),
  ),
  loginExists: row(
    'login-exists',
    1019,
    observed('molisoft/plesk_lib spec/vcr, reseller add on 11.5.30', '1019 for a login that is taken'),
  ),
  noSuchOwner: row(
    'no-such-owner',
    1015,
    documented(CODES, '1015: object owner not found; the sentence is assumed'),
  ),
  weakPassword: row(
    'weak-password',
    1019,
    observed('two public WHMCS add-ons', '1019 and its text, with the level that is wanted'),
  ),
  notInPool: row(
    'not-in-pool',
    1018,
    observed('regru/API-Plesk t/response.t', '1018 for an address that is not in a pool; else assumed'),
  ),
  limitReached: row('limit-reached', 1024, documented(CODES, '1024: limit reached; the sentence is assumed')),
  wrongStatus: row(
    'wrong-status',
    1025,
    documented(CODES, '1025: wrong status value; the sentence is assumed'),
  ),
  addressExists: row(
    'address-exists',
    1013,
    documented('the manual of 12.5, API RPC, sample of ip add', '1013 and its text, without an ip_address'),
  ),
  unknownAddress: row(
    'unknown-address',
    1013,
    documented(
      'the manual of 12.5, API RPC, sample of ip del',
      '1013 "ip does not exist." with the ip_address',
    ),
  ),
  addressInUse: row(
    'address-in-use',
    1027,
    documented(
      'docs.plesk.com articles 35429 and 35439',
      'refused where somebody needs it; 1027 and text assumed',
    ),
  ),
  noSuchInterface: row(
    'no-such-interface',
    1032,
    documented(CODES, '1032: wrong network interface; the sentence is assumed'),
  ),
  nameExists: row(
    'name-exists',
    1007,
    documented(CODES, '1007: data exist already; the sentence is assumed'),
  ),
  inUse: row('in-use', 1023, assumed(CODES, '1023 where something stands in the way')),
  noSuchObject: row(
    'no-such-object',
    1013,
    documented(CODES, '1013: object does not exist; the sentence is assumed'),
  ),
  invalidValue: row('invalid-value', 1019, documented(CODES, '1019: invalid value; the sentence is assumed')),
  notEmulated: row(
    'not-emulated',
    1023,
    assumed('there is no such fault in Plesk', 'what Plesk has and the emulator lacks says so'),
  ),
  unknownKey: row(
    'unknown-key',
    11003,
    observed(
      'Patchman "Platform Integrations"; plesk/letsencrypt-plesk issue 151',
      'two texts, the newer one from 18.0.33 on',
    ),
  ),
  foreignKey: row(
    'foreign-key',
    11003,
    documented(
      'docs.plesk.com article 37121; plesk/letsencrypt-plesk issue 151; plesk/api-php-lib issue 84',
      '11003 from an address that the key is not for; the text before 18.0.33 still',
    ),
  ),
} as const satisfies Record<string, FaultRule>;

export const FAULT_RULES: readonly FaultRule[] = Object.values(FAULT_TABLE);
