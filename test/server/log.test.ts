import { expect, it } from 'vitest';
import { DEMO, start } from '../support/emulator.ts';
import { post, tokenIn } from '../support/wire.ts';

const sessionFor = (login: string, data = ''): string =>
  `<packet><server><create_session><login>${login}</login>${data}</create_session></server></packet>`;
const bound = (address: string): string => `<data><user_ip>${address}</user_ip><source_server/></data>`;
const as = ({
  login,
  password,
}: {
  readonly login: string;
  readonly password: string;
}): Record<string, string> => ({
  HTTP_AUTH_LOGIN: login,
  HTTP_AUTH_PASSWD: password,
});

it.each([
  [
    'that a session was made',
    sessionFor('carl', bound('192.0.2.1')),
    {},
    [
      /^info packet without version from 127\.0\.0\.1 by admin: server\/create_session ok/,
      /carl/,
      /192\.0\.2\.1/,
    ],
  ],
  [
    "that it was bound to the caller's address",
    sessionFor('carl'),
    {},
    [/^info /, /no user_ip/, /127\.0\.0\.1/],
  ],
  [
    'the version of the packet',
    '<packet version="1.6.3.0"><server><get_protos/></server></packet>',
    {},
    [/^info packet 1\.6\.3\.0 from .*: server\/get_protos ok/],
  ],
  [
    'each operation',
    '<packet><server><get_protos/><get_protos/></server><session><get/></session></packet>',
    {},
    [/server\/get_protos ok; server\/get_protos ok; session\/get ok/],
  ],
  [
    'a result that failed',
    sessionFor('nobody'),
    {},
    [/^warn .*server\/create_session 1013 User does not exist/, /'nobody'/],
  ],
  [
    'whose session nobody may ask for',
    sessionFor('rita'),
    as(DEMO.carl),
    [/^warn .* by carl: .*1006 Permission denied/, /rita is not an account of carl/],
  ],
  [
    'what is not emulated',
    '<packet><server><lic_get_info><license/></lic_get_info></server></packet>',
    {},
    [/^warn .*server\/lic_get_info 1023 .*not emulated/],
  ],
  [
    'what is not supported by the version',
    '<packet version="1.6.3.0"><session><get/></session></packet>',
    {},
    [/^warn .*session\/get 1017 /],
  ],
  [
    'a version that nobody speaks',
    '<packet version="9.9"/>',
    {},
    [/^warn packet 9\.9 from 127\.0\.0\.1: refused, 1005 Protocol version '9\.9'/],
  ],
  [
    'a wrong password',
    sessionFor('carl'),
    { HTTP_AUTH_PASSWD: 'wrong' },
    [/^warn .*: refused, 1001 .*\(this is not the password of 'admin'\)/],
  ],
  [
    'an unknown login',
    sessionFor('carl'),
    { HTTP_AUTH_LOGIN: 'who' },
    [/^warn .*: refused, 1001 .*no account with the login 'who'/],
  ],
  ['an unknown key', sessionFor('carl'), { KEY: 'x' }, [/^warn .*: refused, 11003 /]],
  ['a suspended caller', sessionFor('sam'), as(DEMO.sam), [/^warn .*: refused, 1011 .*\(sam is suspended\)/]],
  [
    'where a packet is invalid',
    '<packet>\n<foo/></packet>',
    {},
    [/^warn .*: refused, 1014 .*Error in line 2: Element 'foo'/],
  ],
  ['why a packet cannot be read', '<packet>\n</packe>', {}, [/^warn .*: refused, 1014 .*\(.+line 2\)/]],
  ['why a document type is refused', '<!DOCTYPE a><a/>', {}, [/1014 .*\(a document type is not accepted/]],
  [
    'that a packet is too large',
    'x'.repeat(1_048_577),
    {},
    [/1014 .*\(the packet is larger than 1048576 bytes\)/],
  ],
])('says in one line %s', async (_case, packet, headers, expected) => {
  const { plesk, lines } = await start();

  await post(plesk, packet, headers);

  expect(lines).toHaveLength(1);
  for (const pattern of expected) expect(lines[0]).toMatch(pattern);
});

it('says in one line who logged in, and why somebody else did not', async () => {
  const { plesk, lines } = await start();
  const open = (id: string): Promise<Response> =>
    fetch(`${plesk.url}/enterprise/rsession_init.php?PLESKSESSID=${id}`, { redirect: 'manual' });
  const mine = tokenIn(await post(plesk, sessionFor('carl')));
  const theirs = tokenIn(await post(plesk, sessionFor('carl', bound('192.0.2.1'))));

  for (const id of [mine, mine, theirs, 'f'.repeat(32)]) await open(id);

  const [, , ...logins] = lines;
  expect(logins).toHaveLength(4);
  expect(logins[0]).toMatch(/^info login from 127\.0\.0\.1: session 000001\.\.: logged in as carl, to /);
  expect(logins[1]).toMatch(
    /^warn login from 127\.0\.0\.1: refused, session 000001\.\.: already used at 2026-01-01T10:00:00/,
  );
  expect(logins[2]).toMatch(
    /^warn .*refused, session 000002\.\.: bound to 192\.0\.2\.1, opened from 127\.0\.0\.1/,
  );
  expect(logins[3]).toMatch(/^warn .*refused, session ffffff\.\.: unknown here/);
});

it.each([
  [
    'the login of create_session',
    (url: string) => post({ url, admin: DEMO.admin }, sessionFor('x\nforged: line')),
  ],
  [
    'a redirect',
    async (url: string) =>
      fetch(`${url}/enterprise/rsession_init.php?PLESKSESSID=x&failure_redirect_url=%0aforged%1b%5b2J`, {
        redirect: 'manual',
      }),
  ],
  [
    'a token',
    async (url: string) =>
      fetch(`${url}/enterprise/rsession_init.php?PLESKSESSID=a%0a%1bb`, { redirect: 'manual' }),
  ],
])('keeps a line a line when a line break or an escape comes in %s', async (_case, send) => {
  const messages: string[] = [];
  const keep = (_fields: object, message: string): void => void messages.push(message);
  const { plesk } = await start({
    log: { isOn: true, info: keep, warn: keep, error: keep },
    trustedRedirectHosts: [],
  });

  await send(plesk.url);

  expect(messages).toHaveLength(1);
  // eslint-disable-next-line no-control-regex
  expect(messages[0]).not.toMatch(/[\u0000-\u001f\u007f]/);
});

it('words no line where nobody reads', async () => {
  const fail = (): never => {
    throw new Error('nobody asked');
  };
  const { plesk } = await start({ log: { isOn: false, info: fail, warn: fail, error: fail } });

  expect(await post(plesk, sessionFor('carl'))).toContain('<status>ok</status>');
});
