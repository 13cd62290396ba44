import { expect, it } from 'vitest';
import { Secret } from '../../base/secret.ts';
import type { Credentials } from '../../src/directory/directory.ts';
import { startMisbehaving } from '../support/misbehaving.ts';
import { SESSION_ID } from '../support/misbehaviours.ts';
import { failureOf, newPlesk, REQUEST, serverAt } from '../support/plesk-client.ts';

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';

it('posts create_session with its elements in order, what is about the browser in base64', async () => {
  const server = await startMisbehaving();

  await newPlesk().createSession(serverAt(server), { ...REQUEST, login: 'a&b<c>', locale: 'de-DE' });

  expect(server.requests).toEqual([
    {
      method: 'POST',
      path: '/enterprise/control/agent.php',
      headers: {
        host: new URL(server.origin).host,
        connection: 'keep-alive',
        key: '5a7b3c1d-0000-4000-8000-0123456789ab',
        'content-type': 'text/xml',
        'content-length': expect.stringMatching(/^\d+$/) as string,
      },
      body: `${HEAD}<packet version="1.6.9.1"><server><create_session><login>a&amp;b&lt;c&gt;</login><data><user_ip>MTkyLjAuMi43</user_ip><source_server>YmlsbGluZy5leGFtcGxlLmNvbQ==</source_server><locale_id>ZGUtREU=</locale_id></data></create_session></server></packet>\n`,
    },
  ]);
});

it('sends no locale_id where nobody asked for a language', async () => {
  const server = await startMisbehaving();

  await newPlesk().createSession(serverAt(server), { ...REQUEST, locale: undefined });

  expect(server.requests[0]?.body).not.toContain('locale_id');
});

it('posts session/terminate and server/get', async () => {
  const server = await startMisbehaving();
  const plesk = newPlesk();

  await plesk.terminateSession(serverAt(server), SESSION_ID);
  await plesk.identify(serverAt(server, { release: '12.5' }));

  expect(server.requests.map(({ body }) => body)).toEqual([
    `${HEAD}<packet version="1.6.9.1"><session><terminate><session-id>${SESSION_ID}</session-id></terminate></session></packet>\n`,
    `${HEAD}<packet version="1.6.7.0"><server><get><gen_info/><stat/></get></server></packet>\n`,
  ]);
});

it('sends login and password with underscores in the names of their headers, and no key', async () => {
  const server = await startMisbehaving();
  const credentials: Credentials = { kind: 'password', login: 'admin', password: new Secret('ä ö"😀') };

  await newPlesk().createSession(serverAt(server, { credentials }), REQUEST);

  const { http_auth_login: login, http_auth_passwd: password, key } = server.requests[0]?.headers ?? {};
  expect(login).toBe('admin');
  expect(Buffer.from(password ?? '', 'latin1').toString()).toBe('ä ö"😀');
  expect(key).toBeUndefined();
});

it.each([
  ['a NUL', 'a\0b'],
  ['an escape', 'a\u001bb'],
  ['half a pair', 'a\ud800b'],
  ['the other half', 'a\udc00b'],
  ['two halves the wrong way round', '\udc00\ud800'],
  ['what is no character', 'a\uffff'],
])('asks for no session where the login has %s, which no packet can hold', async (_case, login) => {
  const server = await startMisbehaving();

  const failure = await failureOf(newPlesk().createSession(serverAt(server), { ...REQUEST, login }));

  expect(failure).toMatchObject({ code: 'plesk_user_not_found', attempt: 'uncounted' });
  expect(server.connections).toBe(0);
});

const key = (value: string): Credentials => ({ kind: 'key', key: new Secret(value) });
const pair = (login: string, password: string): Credentials => ({
  kind: 'password',
  login,
  password: new Secret(password),
});

it.each([
  ['a key with a header behind it', key('a\r\nHTTP_AUTH_LOGIN: admin')],
  ['a password with a line feed', pair('admin', 'a\nb')],
  ['a password with a carriage return', pair('admin', 'a\rb')],
  ['a password with a NUL', pair('admin', 'a\0b')],
  ['a login with a DEL', pair('ad\u007fmin', 'a')],
])('sends nothing with %s, which no header can hold', async (_case, credentials) => {
  const server = await startMisbehaving();

  const failure = await failureOf(newPlesk().identify(serverAt(server, { credentials })));

  expect(failure).toMatchObject({ code: 'plesk_auth_failed', attempt: 'uncounted' });
  expect(server.connections).toBe(0);
});
