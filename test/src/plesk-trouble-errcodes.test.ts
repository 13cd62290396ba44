import { describe, expect, it } from 'vitest';
import type { PleskFailureCode } from '../../src/plesk/failure.ts';
import type { AuditEntry } from '../../src/service.ts';
import { packetOf, SESSION_ID, sessionAnswer } from '../support/misbehaviours.ts';
import {
  ADMIN_PASSWORD,
  expectAudited,
  expectNoSecrets,
  expectOpens,
  pressInVain,
  startFaults,
  startTrouble,
} from '../support/trouble.ts';

/** The table of plesk-protocol.md, section 4. */
const ERRCODES = [
  ...[1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 1015, 1017],
  ...[1018, 1019, 1023, 1024, 1025, 1026, 1027, 1029, 1030, 1031, 1032, 1033, 1050, 11003, 14008, 14009],
];

/** Some that are not in it, so that no emulator answers them. */
const OTHERS = [1016, 8002];

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
const ERRTEXT = `no <b> for ${ADMIN_PASSWORD}\n${SESSION_ID}`;

const LEVELS = [
  { level: 'system', on: 'packet', codes: IN_SYSTEM },
  { level: 'result', on: 'operation', codes: IN_RESULT },
] as const;

describe.each(LEVELS)('an errcode in $level', ({ level, on, codes }) => {
  const cases = ERRCODES.map((errcode) => ({ errcode, code: codes[errcode] ?? 'plesk_bad_response' }));

  it.each(cases)('$errcode is $code, counts for nothing, and then the link works', async (row) => {
    const { errcode, code } = row;
    const trouble = await startFaults();
    const { plesk, link, audit } = trouble;
    const here = await link();
    await plesk.faults.add({ fault: 'errcode', errcode, errtext: ERRTEXT, on });

    await pressInVain(here, code, TIMES);

    await plesk.faults.clear();
    await expectOpens(here);
    expectTold(audit, { code, errcode, level });
    await expectNoSecrets(trouble, here);
  });

  it.each(OTHERS)(
    '%i, which is in no table, counts for nothing, and then the link works',
    async (errcode) => {
      const trouble = await startTrouble();
      const { server, link, audit } = trouble;
      const here = await link();
      const errtext = ERRTEXT.replaceAll('<', '&lt;');
      const error = `<status>error</status><errcode>${errcode}</errcode><errtext>${errtext}</errtext>`;
      server.answerWith(
        level === 'system'
          ? packetOf(`<system>${error}</system>`)
          : sessionAnswer(`<result>${error}</result>`),
      );

      await pressInVain(here, 'plesk_bad_response', TIMES);

      await server.behave('ok');
      await expectOpens(here);
      expectTold(audit, { code: 'plesk_bad_response', errcode, level });
      await expectNoSecrets(trouble, here);
    },
  );
});

/** The audit says which errcode it was, and where it stood, in one line. */
function expectTold(
  audit: readonly AuditEntry[],
  refusal: { readonly code: PleskFailureCode; readonly errcode: number; readonly level: string },
): void {
  const { code, errcode, level } = refusal;
  expectAudited(audit, code, TIMES, errcode);
  expect(audit[1]?.detail).toMatch(new RegExp(`^errcode ${errcode} in ${level}: no <b> for `));
  expect(audit[1]?.detail).not.toContain('\n');
}
