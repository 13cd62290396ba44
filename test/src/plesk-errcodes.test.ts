import { expect, it } from 'vitest';
import { Secret } from '../../base/secret.ts';
import { startMisbehaving } from '../support/misbehaving.ts';
import { packetOf, SESSION_ID, sessionAnswer } from '../support/misbehaviours.ts';
import { failureOf, newPlesk, REQUEST, serverAt } from '../support/plesk-client.ts';
import { startFaulty } from '../support/plesk-faults.ts';

/** The errcodes of plesk-protocol.md, section 4. */
const ERRCODES = [
  ...[1001, 1002, 1003, 1004, 1005, 1006, 1007, 1008, 1009, 1010, 1011, 1012, 1013, 1014, 1015, 1017, 1018],
  ...[1019, 1023, 1024, 1025, 1026, 1027, 1029, 1030, 1031, 1032, 1033, 1050, 11_003, 14_008, 14_009],
];

/** Those that say more than that the answer is of no use; where they stand decides what they are about. */
const SYSTEM: Readonly<Record<number, string>> = {
  1001: 'plesk_auth_failed',
  1006: 'plesk_api_forbidden',
  1010: 'plesk_auth_failed',
  1011: 'plesk_auth_failed',
  1012: 'plesk_auth_failed',
  1029: 'plesk_auth_failed',
  11003: 'plesk_auth_failed',
};
const RESULT: Readonly<Record<number, string>> = {
  1001: 'plesk_user_not_found',
  1006: 'plesk_permission_denied',
  1010: 'plesk_permission_denied',
  1011: 'plesk_user_disabled',
  1012: 'plesk_user_disabled',
  1013: 'plesk_user_not_found',
  1015: 'plesk_user_not_found',
};

const refusalOf = (errcode: number, errtext = 'no.'): string =>
  `<status>error</status><errcode>${errcode}</errcode><errtext>${errtext}</errtext>`;
const inSystem = (errcode: number): string => packetOf(`<system>${refusalOf(errcode)}</system>`);
const inResult = (errcode: number, errtext?: string): string =>
  sessionAnswer(`<result>${refusalOf(errcode, errtext)}</result>`);

it.each(ERRCODES)('counts no attempt that Plesk refuses with %i, and says which it was', async (errcode) => {
  const { emulator, server } = await startFaulty();
  const plesk = newPlesk();
  const ask = () => failureOf(plesk.createSession(server, REQUEST));
  const refusal = { fault: 'errcode', errcode, errtext: 'no.', times: 1 } as const;

  await emulator.faults.add({ ...refusal, on: 'packet' });
  expect(await ask()).toEqual({
    code: SYSTEM[errcode] ?? 'plesk_bad_response',
    attempt: 'uncounted',
    detail: `errcode ${errcode} in system: no.`,
    errcode,
  });
  await emulator.faults.add({ ...refusal, on: 'operation' });
  expect(await ask()).toEqual({
    code: RESULT[errcode] ?? 'plesk_bad_response',
    attempt: 'uncounted',
    detail: `errcode ${errcode} in result: no.`,
    errcode,
  });
});

it.each([
  [1016, 'system', inSystem(1016)],
  [1016, 'result', inResult(1016)],
  [8002, 'system', inSystem(8002)],
  [8002, 'result', inResult(8002)],
])('makes nothing of errcode %i in %s, which stands in no table', async (errcode, level, answer) => {
  const server = await startMisbehaving();
  server.answerWith(answer);

  expect(await failureOf(newPlesk().createSession(serverAt(server), REQUEST))).toEqual({
    code: 'plesk_bad_response',
    attempt: 'uncounted',
    detail: `errcode ${errcode} in ${level}: no.`,
    errcode,
  });
});

it.each([
  ['system', 1013, 'plesk_bad_response'],
  ['system', 1014, 'not_supported'],
  ['system', 1017, 'not_supported'],
  ['system', 1006, 'plesk_api_forbidden'],
  ['system', 1023, 'plesk_bad_response'],
  ['system', 1001, 'plesk_auth_failed'],
  ['result', 1013, 'ended'],
  ['result', 1006, 'not_supported'],
  ['result', 1010, 'not_supported'],
  ['result', 1014, 'not_supported'],
  ['result', 1017, 'not_supported'],
  ['result', 1023, 'not_supported'],
  ['result', 1003, 'plesk_bad_response'],
] as const)('takes a refusal to end a session, in %s with %i, for %s', async (level, errcode, outcome) => {
  const { emulator, server } = await startFaulty();
  const on = level === 'system' ? 'packet' : 'operation';
  await emulator.faults.add({ fault: 'errcode', errcode, on, operation: 'session/terminate' });

  const ended = newPlesk().terminateSession(server, SESSION_ID);

  if (outcome.startsWith('plesk_')) {
    expect(await failureOf(ended)).toMatchObject({ code: outcome, attempt: 'uncounted', errcode });
  } else expect(await ended).toBe(outcome);
});

it('reads a refusal as Plesk has recorded it, without an encoding and with tabs', async () => {
  const server = await startMisbehaving();
  server.answerWith(
    '<?xml version="1.0"?>\n<packet version="1.6.9.1">\n\t<system>\n\t\t<status>error</status>\n\t\t<errcode>1001</errcode>\n\t\t<errtext>You have entered incorrect username or password.</errtext>\n\t</system>\t</packet>\n',
  );

  expect(await failureOf(newPlesk().identify(serverAt(server)))).toMatchObject({
    code: 'plesk_auth_failed',
    errcode: 1001,
  });
});

it('reads an answer that has comments, CDATA, references and what is for developers', async () => {
  const server = await startMisbehaving();
  server.answerWith(
    `\ufeff${packetOf(`<!-- & <x> --><server><create_session><result>\n<status><![CDATA[ok]]></status><id>&#48;${SESSION_ID.slice(1)}</id><more/></result></create_session></server><output>a <b>c</b></output>`)}<!-- end -->\n`,
  );

  expect(await newPlesk().createSession(serverAt(server), REQUEST)).toBe(SESSION_ID);
});

it.each([
  ['a session id', `session ${SESSION_ID} is gone`, 'session 012345.. is gone'],
  ['its own key', 'key 5a7b3c1d-0000-4000-8000-0123456789ab is not found', 'key [secret] is not found'],
  ['control characters', 'a&#10;b\r\n\tc\u001b[31m&#x202e;d&#x2028;e', 'a b c [31m d e'],
  ['markup', 'a <b>b</b>', ''],
  ['letters beyond ASCII', 'kein Zugriff für 日本', 'kein Zugriff für 日本'],
  ['references', 'a &lt;&amp;&gt; b', 'a <&> b'],
])('keeps %s out of the detail of a refusal, or makes it readable', async (_case, errtext, told) => {
  const server = await startMisbehaving();
  server.answerWith(inResult(1023, errtext));

  const { detail } = await failureOf(newPlesk().createSession(serverAt(server), REQUEST));

  expect(detail).toBe(`errcode 1023 in result: ${told}`.trim());
});

it('says no password that Plesk repeats', async () => {
  const { emulator, server } = await startFaulty();
  const errtext = 'wrong password p$1 for admin';
  await emulator.faults.add({ fault: 'errcode', errcode: 1001, on: 'packet', errtext });
  const credentials = { kind: 'password', login: 'admin', password: new Secret('p$1') } as const;

  const { detail } = await failureOf(newPlesk().identify({ ...server, credentials }));

  expect(detail).toBe('errcode 1001 in system: wrong password [secret] for admin');
});

it.each([
  ['letters', 'x'.repeat(5000)],
  ['pairs, of which it cuts none in two', '😀'.repeat(1500)],
  ['pairs at another place', `x${'😀'.repeat(1500)}`],
])('cuts the detail of a refusal to 200 characters, here of %s', async (_case, errtext) => {
  const { emulator, server } = await startFaulty();
  await emulator.faults.add({ fault: 'errcode', errcode: 1023, errtext });

  const { detail } = await failureOf(newPlesk().createSession(server, REQUEST));

  expect(detail.length).toBeGreaterThan(195);
  expect(detail.length).toBeLessThanOrEqual(200);
  expect(detail).not.toMatch(/\p{Cs}/u);
});

it.each([
  ['no version', '<gen_info><server_name>a</server_name></gen_info><stat><version/></stat>'],
  [
    'two names',
    '<gen_info><server_name>a</server_name><server_name>b</server_name></gen_info><stat><version><plesk_version>18.0.61</plesk_version></version></stat>',
  ],
  [
    'markup for a name',
    '<gen_info><server_name>a&lt;b&gt;</server_name></gen_info><stat><version><plesk_version>18.0.61</plesk_version></version></stat>',
  ],
  [
    'words for a version',
    '<gen_info><server_name>a</server_name></gen_info><stat><version><plesk_version>newest one</plesk_version></version></stat>',
  ],
])('learns nothing from a server that says %s', async (_case, content) => {
  const server = await startMisbehaving();
  server.answerWith(packetOf(`<server><get><result><status>ok</status>${content}</result></get></server>`));

  expect(await failureOf(newPlesk().identify(serverAt(server)))).toMatchObject({
    code: 'plesk_bad_response',
    attempt: 'uncounted',
  });
});
