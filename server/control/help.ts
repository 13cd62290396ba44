import { Fault } from '../protocol/faults.ts';
import { helpForPassword } from './help/account-values.ts';
import {
  helpForLimit,
  helpForNoClient,
  helpForNoOwner,
  helpForStatus,
  helpForTaken,
} from './help/accounts.ts';
import type { Case } from './help/case.ts';
import { helpForCredentials, helpForForeignKey, helpForUnknownKey } from './help/credentials.ts';
import {
  helpForClosedApi,
  helpForLocked,
  helpForMultiple,
  helpForNoKey,
  helpForNoSession,
  helpForNoUser,
  helpForPermission,
  helpForSuspended,
  helpForValue,
} from './help/in-the-way.ts';
import { helpForInvalid } from './help/invalid.ts';
import { helpForAddress, helpForInUse, helpForNoObject } from './help/objects.ts';
import { helpForUnreadable } from './help/unreadable.ts';
import { helpForNotEmulated, helpForUnsupported, helpForVersion } from './help/versions.ts';
import { VISIT_HELP } from './help/visits.ts';
import type { PacketArrival, VisitArrival } from './journal.ts';

/** What would help the sender of a packet that was refused, or failed: one sentence each. */
export function helpForPacket(arrival: PacketArrival): readonly string[] {
  const { fault, operations = [] } = arrival.answered ?? {};
  const failed = operations.flatMap((performed): readonly Case[] =>
    performed.results.flatMap((result) =>
      result instanceof Fault ? [{ arrival, performed, fault: result }] : [],
    ),
  );
  const cases = fault === undefined ? failed : [{ arrival, performed: undefined, fault }];
  return unique(cases.slice(0, MOST).flatMap((one) => HELP[one.fault.rule.id]?.(one) ?? []));
}

/** What would help with a browser's request: one sentence each. */
export const helpForVisit = (arrival: VisitArrival): readonly string[] =>
  unique(VISIT_HELP.flatMap((help) => help(arrival)));

/** A packet may hold thousands of operations; the first that failed tell. */
const MOST = 20;

/** By the rule of a fault; a fault that a test has put there is none of these. */
const HELP: Readonly<Record<string, (one: Case) => readonly string[]>> = {
  'fault/wrong-credentials': helpForCredentials,
  'fault/no-authentication': helpForCredentials,
  'fault/version-not-supported': helpForVersion,
  'fault/api-closed': helpForClosedApi,
  'fault/permission-denied': helpForPermission,
  'fault/multiple-access': helpForMultiple,
  'fault/account-disabled': helpForSuspended,
  'fault/locked-login': helpForLocked,
  'fault/no-such-user': helpForNoUser,
  'fault/no-such-session': helpForNoSession,
  'fault/no-such-key': helpForNoKey,
  'fault/unreadable': helpForUnreadable,
  'fault/invalid': helpForInvalid,
  'fault/unsupported': helpForUnsupported,
  'fault/invalid-value': helpForValue,
  'fault/no-such-client': helpForNoClient,
  'fault/no-such-owner': helpForNoOwner,
  'fault/no-such-object': helpForNoObject,
  'fault/unknown-address': helpForAddress,
  'fault/not-in-pool': helpForAddress,
  'fault/in-use': helpForInUse,
  'fault/client-exists': helpForTaken,
  'fault/login-exists': helpForTaken,
  'fault/weak-password': helpForPassword,
  'fault/limit-reached': helpForLimit,
  'fault/wrong-status': helpForStatus,
  'fault/not-emulated': helpForNotEmulated,
  'fault/unknown-key': helpForUnknownKey,
  'fault/foreign-key': helpForForeignKey,
};

const unique = (sentences: readonly string[]): readonly string[] => [...new Set(sentences)];
