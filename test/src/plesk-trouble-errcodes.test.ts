import { describe, expect, it } from 'vitest';
import type { PleskFailureCode } from '../../src/plesk/failure.ts';
import { packetOf, SESSION_ID, sessionAnswer } from '../support/misbehaviours.ts';
import {
  ADMIN_PASSWORD,
  expectAudited,
  expectNoSecrets,
  expectOpens,
  pressInVain,
  startTrouble,
} from '../support/trouble.ts';

/** The table of plesk-protocol.md, section 4, and two that are not in it. */
const ERRCODES = [
  ...[1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 1015, 1017],
  ...[1018, 1019, 1023, 1024, 1025, 1026, 1027, 1029, 1030, 1031, 1032, 1033, 1050, 11003, 14008, 14009],
  ...[1016, 8002],
];

/** What they mean where the whole packet is refused: it is about us. All others are of no use. */
const IN_SYSTEM: Readonly<Record<number, PleskFailureCode>> = {
  1001: 'plesk_auth_failed',
  1006: 'plesk_api_forbidden',
  1010: 'plesk_auth_failed',
  1011: 'plesk_auth_failed',
  1012: 'plesk_auth_failed',
  1029: 'plesk_auth_failed',
  11003: 'plesk_auth_failed',
};

/** What they mean where the operation is refused: it is about the user. */
const IN_RESULT: Readonly<Record<number, PleskFailureCode>> = {
  1001: 'plesk_user_not_found',
  1006: 'plesk_permission_denied',
  1010: 'plesk_permission_denied',
  1011: 'plesk_user_disabled',
  1012: 'plesk_user_disabled',
  1013: 'plesk_user_not_found',
  1015: 'plesk_user_not_found',
};

/** More often than an attempt that counts. */
const TIMES = 6;

/** What a Plesk may say besides, with all in it that must be told to nobody. */
const ERRTEXT = `no &lt;b&gt; for ${ADMIN_PASSWORD}&#10;${SESSION_ID}`;

const LEVELS = [
  {
    level: 'system',
    codes: IN_SYSTEM,
    answer: (error: string) => packetOf(`<system>${error}</system>`),
  },
  {
    level: 'result',
    codes: IN_RESULT,
    answer: (error: string) => sessionAnswer(`<result>${error}</result>`),
  },
] as const;

describe.each(LEVELS)('an errcode in $level', ({ level, codes, answer }) => {
  const cases = ERRCODES.map((errcode) => ({ errcode, code: codes[errcode] ?? 'plesk_bad_response' }));

  it.each(cases)('$errcode is $code, counts for nothing, and then the link works', async (row) => {
    const { errcode, code } = row;
    const trouble = await startTrouble();
    const { server, link, audit } = trouble;
    const here = await link();
    server.answerWith(
      answer(`<status>error</status><errcode>${errcode}</errcode><errtext>${ERRTEXT}</errtext>`),
    );

    await pressInVain(here, code, TIMES);

    await server.behave('ok');
    await expectOpens(here);
    expectAudited(audit, code, TIMES, errcode);
    expect(audit[1]?.detail).toMatch(new RegExp(`^errcode ${errcode} in ${level}: no <b> for `));
    expect(audit[1]?.detail).not.toContain('\n');
    await expectNoSecrets(trouble, here);
  });
});
