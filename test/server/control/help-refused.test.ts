import { expect, it } from 'vitest';
import type { Emulator, EmulatorOptions } from '../../../server/emulator.ts';
import { ask, inSecretKey } from '../../support/agent.ts';
import { DEMO, start } from '../../support/emulator.ts';
import { credentials, inServer, newToken, sessionPacket } from '../../support/wire.ts';

const PROTOS = inServer('<get_protos/>');
const { admin, rita, carl, sam } = DEMO;

async function helpOf(
  plesk: Emulator,
  packet: string,
  headers?: Record<string, string>,
  from?: string,
): Promise<readonly string[]> {
  await ask(plesk, packet, headers, from);
  const [entry] = await plesk.journal.packets({ last: 1 });
  return entry?.help ?? [];
}

it.each<[string, Record<string, string>, string]>([
  [
    'the login in upper case',
    { ...credentials(admin), HTTP_AUTH_LOGIN: 'Admin' },
    "do you mean 'admin'? Upper and lower case count in logins",
  ],
  ['a misspelt login', { ...credentials(admin), HTTP_AUTH_LOGIN: 'admn' }, "do you mean 'admin'?"],
  [
    'the login in base64',
    { ...credentials(admin), HTTP_AUTH_LOGIN: 'YWRtaW4=' },
    "the login is in base64: send 'admin' as it is",
  ],
  [
    'no password, and a login under a name with hyphens',
    { 'HTTP-AUTH-LOGIN': 'admin' },
    'not there: HTTP_AUTH_PASSWD; a secret key in the header KEY would do instead',
  ],
  [
    'Basic credentials',
    { Authorization: 'Basic YWRtaW46eA==' },
    'Authorization is not read: the XML API takes HTTP_AUTH_LOGIN and HTTP_AUTH_PASSWD, or KEY',
  ],
  [
    'the header of the REST API',
    { 'X-API-Key': 'x' },
    "X-API-Key is for Plesk's REST API: the XML API takes the same key in the header KEY",
  ],
  [
    'no password',
    { HTTP_AUTH_LOGIN: 'admin' },
    'not there: HTTP_AUTH_PASSWD; a secret key in the header KEY would do instead',
  ],
  [
    'the password in base64',
    credentials({ login: 'admin', password: btoa(admin.password) }),
    'the password is right but for base64: send it as it is',
  ],
  [
    'the password URL-encoded',
    credentials({ login: 'admin', password: 'changeme1Q%2A%2A' }),
    'the password is right but for its URL-encoding: send it as it is',
  ],
  [
    'the password in quotes',
    credentials({ login: 'admin', password: '"changeme1Q**"' }),
    'the password is right but for quotes or blanks around it',
  ],
  [
    'the password in another case',
    credentials({ login: 'admin', password: 'CHANGEME1Q**' }),
    'the password is right but for upper and lower case',
  ],
  ['an empty KEY', { KEY: '' }, 'KEY is empty, and wins over login and password: leave it out, or fill it'],
  [
    'a password as KEY',
    { KEY: carl.password },
    "KEY holds the password of 'carl': send it as HTTP_AUTH_LOGIN and HTTP_AUTH_PASSWD",
  ],
  [
    'a key where there is none',
    { KEY: 'x' },
    'there is no secret key here: secret_key/create makes one, or secretKeys.add() or a seed',
  ],
  ['a suspended caller', credentials(sam), "accounts.activate('sam') ends its suspension"],
])('helps with %s', async (_what, headers, says) => {
  const { plesk } = await start();

  expect(await helpOf(plesk, PROTOS, headers)).toContain(says);
});

it('knows a secret key that is sent as a password, by its id, in upper case, or from elsewhere', async () => {
  const { plesk } = await start();
  const { id, key } = await plesk.secretKeys.add({ ipAddresses: ['127.0.0.2'] });

  expect(await helpOf(plesk, PROTOS, credentials({ login: 'admin', password: key }))).toEqual([
    'the password is a secret key: send it in the header KEY, without login and password',
  ]);
  expect(await helpOf(plesk, PROTOS, { KEY: id })).toEqual([
    `${id} is the id of a key that is there; its whole text was in the answer to its create alone`,
  ]);
  expect(await helpOf(plesk, PROTOS, { KEY: key.toUpperCase() })).toEqual([
    'the key is there in another form: lower case, with its hyphens, without anything around it',
  ]);
  expect((await helpOf(plesk, PROTOS, { KEY: key }))[0]).toBe(
    'make the key for 127.0.0.1 (ip_address of secret_key/create), or send from 127.0.0.2',
  );
  expect(await helpOf(plesk, PROTOS, { KEY: key }, '127.0.0.2')).toEqual([]);
});

it.each<[string, EmulatorOptions, string, Record<string, string>, string]>([
  [
    'an API that is off',
    { api: false },
    PROTOS,
    credentials(admin),
    'settings.set({ api: true }) switches it on',
  ],
  [
    'an address that is not allowed',
    { apiAllowedIps: ['10.0.0.1'] },
    PROTOS,
    credentials(admin),
    "settings.set({ apiAllowedIps: [..., '127.0.0.1'] }) lets it in, null all addresses",
  ],
  [
    "what is the administrator's",
    {},
    inSecretKey('<create/>'),
    credentials(carl),
    "secret_key/create wants the administrator's credentials; carl is none",
  ],
  [
    'the account of another',
    {},
    sessionPacket('carl'),
    credentials(rita),
    "'carl' belongs to 'admin': call as the administrator",
  ],
  [
    'sessions before 17.0',
    { plesk: '12.0' },
    sessionPacket('carl'),
    credentials(carl),
    'on Plesk 12.0 call as the administrator; from 17.0 on resellers and customers may ask for their own',
  ],
  [
    'a suspended account',
    {},
    sessionPacket('sam'),
    credentials(admin),
    "accounts.activate('sam') ends its suspension",
  ],
  [
    'an unknown login',
    {},
    sessionPacket('Carl'),
    credentials(admin),
    "do you mean 'carl'? Upper and lower case count in logins",
  ],
  [
    'an unknown login by 1001',
    { unknownLogin: '1001' },
    sessionPacket('crl'),
    credentials(admin),
    "settings.set({ unknownLogin: '1013' }) answers an unknown login by 1013",
  ],
  [
    'a user_ip that is none',
    {},
    sessionPacket('carl', { user_ip: 'localhost' }),
    credentials(admin),
    "user_ip is 'localhost': it takes the browser's address, such as 192.0.2.1, 2001:db8::1 or the base64 of one, without a port",
  ],
  [
    'an ip_address that is none',
    {},
    inSecretKey('<create><ip_address>10.0.0.0/8</ip_address></create>'),
    credentials(admin),
    'ip_address takes IP addresses with commas between, without ports and masks',
  ],
  [
    'a session that is none',
    {},
    '<packet><session><terminate><session-id>7</session-id></terminate></session></packet>',
    credentials(admin),
    "no session's id looks so: it has 1 characters; a token is 32 lower-case hex digits",
  ],
  [
    'an operation that is not emulated',
    {},
    '<packet><mail><create><filter><site-id>1</site-id><mailname><name>x</name></mailname></filter></create></mail></packet>',
    credentials(admin),
    "a fault can answer in its place: faults.add({ operation: 'mail/create', fault: 'errcode', errcode: 1023 }), with the errcode and errtext that your test needs",
  ],
  [
    'a later operation',
    {},
    '<packet version="1.6.5.0"><secret_key><create/></secret_key></packet>',
    credentials(admin),
    'secret_key/create is in packets of version 1.6.6.0 to 1.6.9.1 here; this one says 1.6.5.0',
  ],
  [
    'an operation of later releases',
    { plesk: '11.5' },
    '<packet><secret_key><create/></secret_key></packet>',
    credentials(admin),
    'as it is, the packet is valid from 12.0 on (packet version 1.6.6.0)',
  ],
  [
    'a later packet version',
    { plesk: '12.0' },
    '<packet version="1.6.9.1"/>',
    credentials(admin),
    "version 1.6.9.1 is spoken by Plesk 17.8 or 18.0: start the emulator as one of them, or settings.set({ plesk: '17.8' })",
  ],
  [
    'a version that there is not',
    {},
    '<packet version="1.6.9.2"/>',
    credentials(admin),
    'do you mean 1.6.9.1?',
  ],
])('helps with %s', async (_what, options, packet, headers, says) => {
  const { plesk } = await start(options);

  expect(await helpOf(plesk, packet, headers)).toContain(says);
});

it('says how a lock ends', async () => {
  const { plesk } = await start({ lockoutAttempts: 1 });
  await ask(plesk, PROTOS, credentials({ login: 'carl', password: 'wrong' }));

  expect(await helpOf(plesk, sessionPacket('carl'))).toEqual([
    "clock.advance('30m') waits its end out; settings.set({ lockoutAttempts: null }) locks nobody",
  ]);
  await plesk.clock.advance('30m');
  expect(await helpOf(plesk, sessionPacket('carl'))).toEqual([]);
});

it('tells a session that has ended from one that never was', async () => {
  const { plesk } = await start();
  const token = await newToken(plesk);
  await plesk.sessions.end(token);
  const terminate = (id: string): string =>
    `<packet><session><terminate><session-id>${id}</session-id></terminate></session></packet>`;

  expect(await helpOf(plesk, terminate(token))).toEqual(['it has ended: explain(id) tells its life']);
  expect(await helpOf(plesk, terminate('f'.repeat(32)))).toEqual([
    'it was not made by this emulator, or before its start or last reset',
  ]);
});
