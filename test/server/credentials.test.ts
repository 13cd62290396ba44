import { expect, it } from 'vitest';
import { ask } from '../support/agent.ts';
import { DEMO, start } from '../support/emulator.ts';
import { credentials, inServer } from '../support/wire.ts';

const PROTOS = inServer('<get_protos/>');
const { login, password } = DEMO.admin;
const WRONG = '1001 You have entered incorrect username or password.';
const NONE = '1029 Authentication method is not specified';
const BASIC = `Basic ${btoa(`${login}:${password}`)}`;

const NOT_USABLE: readonly (readonly [form: string, headers: Record<string, string>, why: RegExp])[] = [
  ['no header', {}, /HTTP_AUTH_LOGIN and HTTP_AUTH_PASSWD is missing/],
  ['a login alone', { HTTP_AUTH_LOGIN: login }, /HTTP_AUTH_PASSWD is missing/],
  ['a password alone', { HTTP_AUTH_PASSWD: password }, /HTTP_AUTH_LOGIN is missing/],
  [
    'a password under a misspelt name',
    { HTTP_AUTH_LOGIN: login, HTTP_AUTH_PASSWORD: password },
    /HTTP_AUTH_PASSWD is missing.*do you mean HTTP_AUTH_PASSWD/,
  ],
  ['Basic credentials', { Authorization: BASIC }, /Authorization is not read/],
  ['the key of the REST API', { 'X-API-Key': 'x' }, /X-API-Key is for the REST API/],
];

it.each(
  (['17.8', '18.0'] as const).flatMap((plesk) =>
    NOT_USABLE.map(([form, headers, why]) => [plesk, form, headers, why] as const),
  ),
)('answers 1029 on %s for %s', async (plesk, _form, headers, why) => {
  const { plesk: emulator, lines } = await start({ plesk });

  const { fault, reason } = await ask(emulator, PROTOS, headers);
  const [entry] = await emulator.journal.packets();

  expect(fault).toBe(NONE);
  expect(reason).toMatch(why);
  expect(entry).toMatchObject({ errcode: 1029, detail: reason });
  expect(lines.join('\n')).toMatch(why);
});

it.each(['12.0', '17.5'] as const)('answers 1001 on %s for credentials that are not there', async (plesk) => {
  const { plesk: emulator } = await start({ plesk });

  for (const [, headers] of NOT_USABLE) expect((await ask(emulator, PROTOS, headers)).fault).toBe(WRONG);
});

it.each([
  ['headers with hyphens', { 'HTTP-AUTH-LOGIN': login, 'HTTP-AUTH-PASSWD': password }],
  ['one of each spelling', { 'HTTP-AUTH-LOGIN': login, HTTP_AUTH_PASSWD: password }],
  ['Basic credentials beside the pair', { Authorization: BASIC, ...credentials(DEMO.admin) }],
])('authenticates by %s', async (_form, headers) => {
  const { plesk } = await start();

  const { fault } = await ask(plesk, PROTOS, headers);
  const [entry] = await plesk.journal.packets();

  expect(fault).toBeUndefined();
  expect(entry).toMatchObject({ login: 'admin' });
  expect(JSON.stringify(entry)).not.toContain(password);
});

it('indents the answer for HTTP-PRETTY-PRINT as for HTTP_PRETTY_PRINT', async () => {
  const { plesk } = await start();

  const { body } = await ask(plesk, PROTOS, { ...credentials(DEMO.admin), 'HTTP-PRETTY-PRINT': 'TRUE' });

  expect(body).toContain('\n  <server>\n');
});

it.each([
  ['an empty password', { HTTP_AUTH_LOGIN: login, HTTP_AUTH_PASSWD: '' }, WRONG],
  [
    'an empty password under a name with hyphens',
    { 'HTTP-AUTH-LOGIN': login, 'HTTP-AUTH-PASSWD': '' },
    WRONG,
  ],
  ['an empty login', { HTTP_AUTH_LOGIN: '', HTTP_AUTH_PASSWD: password }, WRONG],
  ['an empty KEY', { KEY: '' }, '11003 PleskAPIInvalidSecretKeyException : key is not found'],
  [
    'an empty KEY beside the right pair',
    { ...credentials(DEMO.admin), KEY: '' },
    '11003 PleskAPIInvalidSecretKeyException : key is not found',
  ],
])('does not take %s for credentials that are missing', async (_form, headers, expected) => {
  const { plesk } = await start();

  expect((await ask(plesk, PROTOS, headers)).fault).toBe(expected);
});
