import { Fault, FAULTS } from '../protocol/faults.ts';
import type { Rule } from '../protocol/source.ts';
import { assumed, documented } from '../protocol/source.ts';
import type { Release } from '../protocol/versions/release.ts';

export const ERRCODE_RULES: readonly Rule[] = [
  {
    id: 'errcode/table',
    source: documented('docs.plesk.com article 33765', 'the errcodes that there are, and what each means'),
  },
  {
    id: 'errcode/use',
    source: assumed(
      'the table does not say which case has which errcode',
      'the cases that no recording shows, and their sentences',
    ),
  },
  {
    id: 'errcode/texts',
    source: assumed(
      'the table has meanings, and no texts',
      'what a fault rule says of an errcode that the emulator does not answer itself',
    ),
  },
];

interface Code {
  /** As the table has it. */
  readonly meaning: string;
  readonly errtext: string | ((release: Release) => string);
}

const code = (meaning: string, errtext: Code['errtext']): Code => ({ meaning, errtext });

const CODES: ReadonlyMap<number, Code> = new Map([
  [1001, code('authentication failed, wrong password', FAULTS.wrongCredentials('').errtext)],
  [1002, code('user account already exists', 'User account already exists.')],
  [1003, code('agent initialization failed', 'Agent initialization failed.')],
  [1004, code('Plesk initial setup not completed', ({ errtexts }) => errtexts.notConfigured)],
  [1005, code('version of the XML API not supported', 'Protocol version is not supported.')],
  [1006, code('permission denied', FAULTS.permissionDenied('').errtext)],
  [1007, code('inserted data already exists', 'Inserted data already exists.')],
  [1008, code('multiple access denied', FAULTS.multipleAccess('').errtext)],
  [1009, code('invalid Virtuozzo key', 'Invalid Virtuozzo key.')],
  [1010, code('access to the panel denied', 'Access to the panel is denied.')],
  [1011, code('account disabled', FAULTS.accountDisabled('').errtext)],
  [1012, code('locked login', FAULTS.lockedLogin('', '').errtext)],
  [1013, code('object does not exist, or unknown service', FAULTS.noSuchUser('').errtext)],
  [1014, code('parsing error, wrong format of the request', FAULTS.unreadable('').errtext)],
  [1015, code('owner of the object not found', 'Object owner is not found.')],
  [
    1017,
    code('feature not supported by this version', ({ protocol }) => FAULTS.unsupported(protocol).errtext),
  ],
  [1018, code('IP address not found', 'IP address is not found.')],
  [1019, code('invalid value', 'Invalid value.')],
  [1023, code('operation failed', 'Operation failed.')],
  [1024, code('limit reached', 'Limit is reached.')],
  [1025, code('wrong status value', 'Wrong status value.')],
  [1026, code('component not installed', 'Component is not installed.')],
  [1027, code('IP operation failed', 'IP operation failed.')],
  [1029, code('unknown authentication method', ({ errtexts }) => errtexts.noAuthentication)],
  [1030, code('license expired', ({ errtexts }) => errtexts.licenseExpired)],
  [1031, code('component not configured', 'Component is not configured.')],
  [1032, code('wrong network interface', 'Wrong network interface.')],
  [1033, code('client account incomplete', 'Client account is incomplete.')],
  [1050, code('webmail not installed', 'Webmail is not installed.')],
  [11003, code('validation of a secret key failed', ({ unknownKeyText }) => unknownKeyText)],
  [14008, code('wrong type of database server', 'Wrong database server type.')],
  [14009, code('database server not configured', 'Database server is not configured.')],
]);

/** Every errcode with its meaning, for those who named one that is not there. */
export const errcodesThatAre = (): string =>
  [...CODES].map(([errcode, { meaning }]) => `${errcode} (${meaning})`).join(', ');

export const isErrcode = (errcode: number): boolean => CODES.has(errcode);

/** The fault that a rule of a test answers with; without an `errtext` the one that goes with the code. */
export function faultOf(
  { errcode, errtext }: { readonly errcode: number; readonly errtext?: string | undefined },
  detail: string,
  release: Release,
): Fault {
  const standard = CODES.get(errcode)?.errtext ?? '';
  const text = errtext ?? (typeof standard === 'string' ? standard : standard(release));
  const source = assumed('no Plesk was asked', 'a test wants this answer');
  return new Fault({ id: 'fault/wanted-by-a-test', errcode, source }, text, detail);
}
