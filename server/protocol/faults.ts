import type { AnswerElement } from './answer-xml.ts';
import type { Rule } from './source.ts';
import { assumed, documented, observed } from './source.ts';
import { INVALID_KEY_USAGE } from './versions/releases.ts';

/** One row of the fault table: what Plesk answers, and how we know. */
export interface FaultRule extends Rule {
  readonly errcode: number;
}

/** What Plesk answers in place of a result: a row of the table with the words of this case. */
export class Fault {
  readonly rule: FaultRule;
  readonly errtext: string;
  /** What a developer should know besides: for the log, never for the answer. */
  readonly detail: string | undefined;
  /** What follows errtext: the element of the object that it is about. */
  readonly about: readonly AnswerElement[];

  constructor(rule: FaultRule, errtext: string, detail?: string, about: readonly AnswerElement[] = []) {
    this.rule = rule;
    this.errtext = errtext;
    this.detail = detail;
    this.about = about;
  }
}

const CODES = 'docs.plesk.com article 33765';

const row = (name: string, errcode: number, source: Rule['source']): FaultRule => ({
  id: `fault/${name}`,
  errcode,
  source,
});

const RULES = {
  wrongCredentials: row(
    'wrong-credentials',
    1001,
    observed('go-acme/lego plesk/internal/fixtures/global-error.xml', '1001 and its text, 18.0'),
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
    assumed(CODES, '1006 with the words "Permission denied."'),
  ),
  multipleAccess: row(
    'multiple-access',
    1008,
    assumed(CODES, '1008 for a second session of an administrator without admin_multiple_sessions'),
  ),
  accountDisabled: row(
    'account-disabled',
    1011,
    assumed(CODES, '1011 for the session of an account that is suspended, and for its own calls'),
  ),
  lockedLogin: row('locked-login', 1012, assumed(CODES, '1012 for a login that is locked')),
  noSuchUser: row('no-such-user', 1013, assumed(CODES, '1013 for a login that does not exist')),
  noSuchSession: row('no-such-session', 1013, assumed(CODES, '1013 for a session that does not exist')),
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
  invalidValue: row('invalid-value', 1019, assumed(CODES, '1019 for a value that is none')),
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

export const FAULT_RULES: readonly FaultRule[] = Object.values(RULES);

/** What Plesk answers where it cannot do what it was asked. Nothing else makes a fault. */
export const FAULTS = {
  wrongCredentials: (detail: string): Fault =>
    new Fault(RULES.wrongCredentials, 'You have entered incorrect username or password.', detail),
  unknownKey: (errtext: string, detail: string): Fault => new Fault(RULES.unknownKey, errtext, detail),
  foreignKey: (detail: string): Fault => new Fault(RULES.foreignKey, INVALID_KEY_USAGE, detail),
  versionNotSupported: (asked: string, newest: string): Fault =>
    new Fault(
      RULES.versionNotSupported,
      `Protocol version '${asked}' is not supported. Current protocol version is '${newest}'`,
    ),
  apiClosed: (address: string, detail: string): Fault =>
    new Fault(RULES.apiClosed, `Access to API is disabled for ${address}`, detail),
  permissionDenied: (detail: string): Fault =>
    new Fault(RULES.permissionDenied, 'Permission denied.', detail),
  multipleAccess: (login: string): Fault =>
    new Fault(
      RULES.multipleAccess,
      'Multiple access is denied.',
      `${login} is in already, and admin_multiple_sessions is off`,
    ),
  accountDisabled: (login: string): Fault =>
    new Fault(RULES.accountDisabled, 'The account is disabled.', `${login} is suspended`),
  lockedLogin: (login: string, until: string): Fault =>
    new Fault(
      RULES.lockedLogin,
      'The login is locked.',
      `${login} is locked until ${until} by wrong passwords`,
    ),
  noSuchUser: (login: string): Fault =>
    new Fault(RULES.noSuchUser, 'User does not exist', `there is no account with the login '${login}'`),
  noSuchSession: (detail: string): Fault => new Fault(RULES.noSuchSession, 'Session does not exist', detail),
  noSuchKey: (detail: string, about: AnswerElement): Fault =>
    new Fault(RULES.noSuchKey, 'Secret key does not exist', detail, [about]),
  unreadable: (detail: string): Fault =>
    new Fault(RULES.unreadable, 'Parser error: Cannot parse the XML from the source specified', detail),
  invalid: (sentence: string, line: number): Fault =>
    new Fault(RULES.invalid, `Parser error: Request is invalid. Error in line ${line}: ${sentence}`),
  unsupported: (version: string): Fault =>
    new Fault(RULES.unsupported, `This feature is not supported for protocol version ${version}.`),
  invalidValue: (errtext: string, detail?: string): Fault => new Fault(RULES.invalidValue, errtext, detail),
  notEmulated: (operation: string): Fault =>
    new Fault(
      RULES.notEmulated,
      `${operation} is not emulated: Plesk has this operation, plesk-emulator does not`,
    ),
} as const;
