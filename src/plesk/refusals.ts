import type { Secret } from '../../base/secret.ts';
import { detailOf } from './detail.ts';
import type { PleskFailureCode } from './failure.ts';
import { PleskFailure } from './failure.ts';
import type { Refusal } from './results.ts';

/** What an errcode means by where it stands; plesk-protocol.md, section 4. In `system` it is about us. */
const CODES: Readonly<Record<Refusal['level'], ReadonlyMap<number, PleskFailureCode>>> = {
  system: new Map<number, PleskFailureCode>([
    [1001, 'plesk_auth_failed'],
    [1006, 'plesk_api_forbidden'],
    [1010, 'plesk_auth_failed'],
    [1011, 'plesk_auth_failed'],
    [1012, 'plesk_auth_failed'],
    [1029, 'plesk_auth_failed'],
    [11003, 'plesk_auth_failed'],
  ]),
  result: new Map<number, PleskFailureCode>([
    // Our own credentials were accepted before: it is the user that is not known.
    [1001, 'plesk_user_not_found'],
    [1006, 'plesk_permission_denied'],
    [1010, 'plesk_permission_denied'],
    [1011, 'plesk_user_disabled'],
    [1012, 'plesk_user_disabled'],
    [1013, 'plesk_user_not_found'],
    [1015, 'plesk_user_not_found'],
  ]),
};

/** A refusal as a failure, never counted: Plesk has made no session. */
export function failureOf({ level, errcode, errtext }: Refusal, secret: Secret): PleskFailure {
  const code = CODES[level].get(errcode) ?? 'plesk_bad_response';
  const detail = detailOf(`errcode ${errcode} in ${level}: ${errtext}`, secret);
  return new PleskFailure(code, 'uncounted', detail, errcode);
}

/** Whether a refusal of session/terminate says that it is not there, or not for these credentials. */
export const isNotSupported = ({ level, errcode }: Refusal): boolean => NOT_SUPPORTED[level].has(errcode);

/** A packet with an operator that its version has not got is refused as a whole, with 1014. */
const NOT_SUPPORTED: Readonly<Record<Refusal['level'], ReadonlySet<number>>> = {
  system: new Set([1014, 1017]),
  result: new Set([1006, 1010, 1014, 1017, 1023]),
};

/** Whether session/terminate says that there is no such session. */
export const isNoSuchSession = ({ level, errcode }: Refusal): boolean =>
  level === 'result' && errcode === 1013;
