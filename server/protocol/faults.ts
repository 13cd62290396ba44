import { Fault } from './fault.ts';
import { FAULT_TABLE } from './fault-table.ts';
import { INVALID_KEY_USAGE } from './versions/releases.ts';

export { Fault } from './fault.ts';

/** What Plesk answers where it cannot do what it was asked. Nothing else makes a fault. */
export const FAULTS = {
  wrongCredentials: (detail: string): Fault =>
    new Fault(FAULT_TABLE.wrongCredentials, 'You have entered incorrect username or password.', detail),
  noAuthentication: (errtext: string, detail: string): Fault =>
    new Fault(FAULT_TABLE.noAuthentication, errtext, detail),
  unknownKey: (errtext: string, detail: string): Fault => new Fault(FAULT_TABLE.unknownKey, errtext, detail),
  foreignKey: (detail: string): Fault => new Fault(FAULT_TABLE.foreignKey, INVALID_KEY_USAGE, detail),
  versionNotSupported: (asked: string, newest: string): Fault =>
    new Fault(
      FAULT_TABLE.versionNotSupported,
      `Protocol version '${asked}' is not supported. Current protocol version is '${newest}'`,
    ),
  apiClosed: (address: string, detail: string): Fault =>
    new Fault(FAULT_TABLE.apiClosed, `Access to API is disabled for ${address}`, detail),
  permissionDenied: (detail: string): Fault =>
    new Fault(FAULT_TABLE.permissionDenied, 'Permission denied.', detail),
  multipleAccess: (login: string): Fault =>
    new Fault(
      FAULT_TABLE.multipleAccess,
      'Multiple access is denied.',
      `${login} is in already, and admin_multiple_sessions is off`,
    ),
  accountDisabled: (login: string, suspension = 'suspended'): Fault =>
    new Fault(FAULT_TABLE.accountDisabled, 'The account is disabled.', `${login} is ${suspension}`),
  lockedLogin: (login: string, until: string): Fault =>
    new Fault(
      FAULT_TABLE.lockedLogin,
      'The login is locked.',
      `${login} is locked until ${until} by wrong passwords`,
    ),
  noSuchUser: (login: string): Fault =>
    new Fault(FAULT_TABLE.noSuchUser, 'User does not exist', `there is no account with the login '${login}'`),
  noSuchSession: (detail: string): Fault =>
    new Fault(FAULT_TABLE.noSuchSession, 'Session does not exist', detail),
  noSuchKey: (detail: string): Fault => new Fault(FAULT_TABLE.noSuchKey, 'Secret key does not exist', detail),
  unreadable: (detail: string): Fault =>
    new Fault(FAULT_TABLE.unreadable, 'Parser error: Cannot parse the XML from the source specified', detail),
  invalid: (sentence: string, line: number): Fault =>
    new Fault(FAULT_TABLE.invalid, `Parser error: Request is invalid. Error in line ${line}: ${sentence}`),
  unsupported: (version: string): Fault =>
    new Fault(FAULT_TABLE.unsupported, `This feature is not supported for protocol version ${version}.`),
  noSuchClient: (errtext: string, detail: string): Fault =>
    new Fault(FAULT_TABLE.noSuchClient, errtext, detail),
  clientExists: (errtext: string, login: string): Fault =>
    new Fault(FAULT_TABLE.clientExists, errtext, `the login '${login}' is taken`),
  loginExists: (login: string): Fault =>
    new Fault(
      FAULT_TABLE.loginExists,
      `Unable to set login or password argument: A user with username "${login}" already exists.`,
      `the login '${login}' is taken`,
    ),
  noSuchOwner: (detail: string): Fault => new Fault(FAULT_TABLE.noSuchOwner, 'Owner does not exist.', detail),
  weakPassword: (wanted: string, detail: string): Fault =>
    new Fault(
      FAULT_TABLE.weakPassword,
      `Your password is not complex enough. According to the server policy, the minimal password strength is ${wanted}. To improve the password strength, use numbers, upper and lower-case characters, and special characters like !,@,#,$,%,^,&,*,?,_,~`,
      detail,
    ),
  notInPool: (errtext: string, detail: string): Fault => new Fault(FAULT_TABLE.notInPool, errtext, detail),
  limitReached: (limit: string, most: number): Fault =>
    new Fault(FAULT_TABLE.limitReached, `The limit '${limit}' is reached.`, `it is ${most}`),
  wrongStatus: (status: string): Fault =>
    new Fault(FAULT_TABLE.wrongStatus, `Wrong status value '${status}'.`),
  addressExists: (): Fault =>
    new Fault(FAULT_TABLE.addressExists, 'IP address was already added on the server'),
  unknownAddress: (): Fault => new Fault(FAULT_TABLE.unknownAddress, 'ip does not exist.'),
  addressInUse: (errtext: string, detail?: string): Fault =>
    new Fault(FAULT_TABLE.addressInUse, errtext, detail),
  noSuchInterface: (name: string, known: readonly string[]): Fault =>
    new Fault(
      FAULT_TABLE.noSuchInterface,
      `Network interface '${name}' does not exist.`,
      `there are ${known.join(', ') || 'none'} (seed: server.interfaces)`,
    ),
  nameExists: (errtext: string): Fault => new Fault(FAULT_TABLE.nameExists, errtext),
  inUse: (errtext: string, detail?: string): Fault => new Fault(FAULT_TABLE.inUse, errtext, detail),
  noSuchObject: (errtext: string, detail?: string): Fault =>
    new Fault(FAULT_TABLE.noSuchObject, errtext, detail),
  invalidValue: (errtext: string, detail?: string): Fault =>
    new Fault(FAULT_TABLE.invalidValue, errtext, detail),
  notEmulated: (operation: string): Fault =>
    new Fault(
      FAULT_TABLE.notEmulated,
      `${operation} is not emulated: Plesk has this operation, plesk-emulator does not`,
    ),
} as const;
