import { expect, it } from 'vitest';
import { start } from '../support/emulator.ts';
import { post, tokenIn } from '../support/wire.ts';

const packet = (inside: string): string => `<packet>${inside}</packet>`;
const operation = (inside: string): string => packet(`<server>${inside}</server>`);
const withLogin = (login: string): string =>
  operation(`<create_session><login>${login}</login></create_session>`);
const withId = (id: string): string =>
  packet(`<customer><get><filter><id>${id}</id></filter><dataset/></get></customer>`);
/** So many elements within each other inside an element that may hold anything, four deep itself. */
const nested = (depth: number): string =>
  packet(
    `<request-settings><setting><name>${'<a>'.repeat(depth - 4)}${'</a>'.repeat(depth - 4)}</name></setting></request-settings><server><get_protos/></server>`,
  );
const names = (count: number): readonly string[] =>
  Array.from({ length: count }, (_, index) => `a${index.toString(36)}`);
const doctype = (inside: string): string => `<!DOCTYPE packet [${inside}]>`;

const UNREADABLE = 'Parser error: Cannot parse the XML from the source specified';
const GOOD = withLogin('admin');

it.each([
  ['257 elements deep', nested(257)],
  ['100,000 elements deep', '<a>'.repeat(100_000)],
  ['100,000 elements deep and closed', '<a>'.repeat(100_000) + '</a>'.repeat(100_000)],
  ['nothing but less-thans', '<'.repeat(1_000_000)],
  ['nothing but ampersands', packet('&'.repeat(1_000_000))],
  ['not UTF-8', Buffer.from('3c7061636b65743eff3c2f7061636b65743e', 'hex')],
  ['UTF-8 of a surrogate', Buffer.from('3c7061636b65743eeda0803c2f7061636b65743e', 'hex')],
  ['an overlong less-than', Buffer.from('c0bc7061636b65742f3e', 'hex')],
  ['with a document type', `<!DOCTYPE packet>${GOOD}`],
  ['with an external document type', `<!DOCTYPE packet SYSTEM "http://127.0.0.1:1/x.dtd">${GOOD}`],
  ['with an entity', doctype('<!ENTITY a "admin">') + withLogin('&a;')],
  ['with an external entity', doctype('<!ENTITY a SYSTEM "file:///etc/passwd">') + withLogin('&a;')],
  ['with a parameter entity', doctype('<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;') + GOOD],
  [
    'with a thousand million laughs',
    doctype(
      `<!ENTITY l0 "lol">${names(9)
        .map((_, index) => `<!ENTITY l${index + 1} "${`&l${index};`.repeat(10)}">`)
        .join('')}`,
    ) + withLogin('&l9;'),
  ],
  [
    'with one large entity, often',
    doctype(`<!ENTITY a "${'a'.repeat(10_000)}">`) + withLogin('&a;'.repeat(10_000)),
  ],
  ['with an entity that nobody declared', withLogin('&nbsp;')],
  ['with an entity named like a method', withLogin('&constructor;&toString;')],
  ['with a NUL byte', withLogin('ad\0min')],
  ['that ends in NUL bytes', `${GOOD}\0\0\0`],
  ['with NUL by number', withLogin('&#0;')],
  ['with the first half of a surrogate pair by number', withLogin('&#xD800;')],
  ['with both halves by number', withLogin('&#xD83D;&#xDE00;')],
  ['with a character past Unicode', withLogin('&#x110000;')],
  ['with a number that has a million digits', withLogin(`&#${'9'.repeat(1_000_000)};`)],
  ['with a control character by number', withLogin('&#8;')],
  ['with a noncharacter', withLogin('\uffff')],
  ['with one attribute 100,000 times', `<packet ${'a="" '.repeat(100_000)}/>`],
  ['two packets', GOOD + GOOD],
  ['with text behind it', `${GOOD}x`],
])('cannot read a packet %s, runs none of it, and goes on', async (_case, hostile) => {
  const { plesk } = await start();

  const answer = await post(plesk, hostile as string);

  expect(answer).toBe(system(1014, UNREADABLE));
  expect(await plesk.sessions.list()).toEqual([]);
  expect(tokenIn(await post(plesk, GOOD))).toMatch(/^[\da-f]{32}$/);
});

const OPERATORS =
  'request-settings, server, customer, webspace, subdomain, dns, db_server, mail, certificate, site-alias';
const OPERATIONS =
  'get_protos, get, set, srv_man, lic_install, lic_update, initial_setup, get_additional_key, remove_additional_key, renew_additional_key';
const INHERITED = ['constructor', '__proto__', 'toString', 'hasOwnProperty', 'valueOf', '__defineGetter__'];

it.each([
  ...INHERITED.flatMap((name) => [
    [`the operator ${name}`, packet(`<${name}/>`), notExpected(name, OPERATORS)],
    [`the operation ${name}`, operation(`<${name}/>`), notExpected(name, OPERATIONS)],
    [
      `the element ${name}`,
      operation(`<create_session><${name}>admin</${name}></create_session>`),
      notExpected(name, 'login'),
    ],
    [
      `the element ${name} where some may be left out`,
      operation(
        `<create_session><login>admin</login><data><user_ip/><source_server/><${name}/></data></create_session>`,
      ),
      notExpected(
        name,
        'navigation, pathbar, logo_img_url, logo_img_ref, locale_id, skin, domain_name, disable_lock_screen, max_button_length, back_url',
      ),
    ],
    [
      `the attribute ${name}`,
      `<packet ${name}="1"><server><get_protos/></server></packet>`,
      `Element 'packet', attribute '${name}': The attribute '${name}' is not allowed.`,
    ],
  ]),
  ['100,000 attributes', `<packet ${names(100_000).join('="" ')}=""/>`, foreign('a0')],
  ['100,000 siblings', packet('<a/>'.repeat(100_000)), notExpected('a', OPERATORS)],
  [
    '100,000 operators that are empty',
    packet('<server/>'.repeat(100_000)),
    `Element 'server': Missing child element(s). Expected is one of ( ${OPERATIONS} ).`,
  ],
  [
    '100,000 comments',
    packet('<!---->'.repeat(100_000)),
    `Element 'packet': Missing child element(s). Expected is one of ( ${OPERATORS} ).`,
  ],
  [
    'a name of 500,000 letters',
    packet(`<${'x'.repeat(500_000)}/>`),
    notExpected('x'.repeat(500_000), OPERATORS),
  ],
  [
    'an id of 100,000 digits',
    withId('9'.repeat(100_000)),
    `Element 'id': '${'9'.repeat(100_000)}' is not a valid value of the atomic type 'id_type'.`,
  ],
  ['an id below zero', withId('-1'), "Element 'id': '-1' is not a valid value of the atomic type 'id_type'."],
  [
    'an id of Infinity',
    withId('1e999'),
    "Element 'id': '1e999' is not a valid value of the atomic type 'id_type'.",
  ],
])('finds %s invalid and goes on', async (_case, hostile, sentence) => {
  const { plesk } = await start();

  const answer = await post(plesk, hostile);

  const said = `Parser error: Request is invalid. Error in line 1: ${sentence}`;
  expect(answer === system(1014, said) ? said : answer.slice(0, 2000)).toBe(said);
  expect(tokenIn(await post(plesk, GOOD))).toMatch(/^[\da-f]{32}$/);
});

it.each([
  ['a version named like a method', '<packet version="constructor"/>', '<errcode>1005</errcode>'],
  ['a version of 500,000 digits', `<packet version="${'1'.repeat(500_000)}"/>`, '<errcode>1005</errcode>'],
  ['a user named like a method', withLogin('__proto__'), '<errcode>1013</errcode>'],
  ['a user of 500,000 letters', withLogin('x'.repeat(500_000)), '<errcode>1013</errcode>'],
  [
    'a session named like a method',
    packet('<session><terminate><session-id>constructor</session-id></terminate></session>'),
    '<errcode>1013</errcode>',
  ],
  [
    'a session of 100,000 digits',
    packet(`<session><terminate><session-id>${'9'.repeat(100_000)}</session-id></terminate></session>`),
    '<errcode>1013</errcode>',
  ],
  ['an id of 24 digits', withId('9'.repeat(24)), '<errcode>1013</errcode>'],
  ['256 elements within each other', nested(256), '<status>ok</status>'],
])('answers %s and goes on', async (_case, hostile, expected) => {
  const { plesk } = await start();

  const answer = await post(plesk, hostile);

  expect(answer.length > 4_000_000 ? 'a flood' : answer).toContain(expected);
  expect(tokenIn(await post(plesk, GOOD))).toMatch(/^[\da-f]{32}$/);
});

it.each(INHERITED)('has no account %s to log in with', async (name) => {
  const { plesk } = await start();

  const answer = await post(plesk, GOOD, { HTTP_AUTH_LOGIN: name, HTTP_AUTH_PASSWD: '' });

  expect(answer).toBe(system(1001, 'You have entered incorrect username or password.'));
});

function notExpected(name: string, expected: string): string {
  const offer = expected.includes(',') ? `one of ( ${expected} )` : `( ${expected} )`;
  return `Element '${name}': This element is not expected. Expected is ${offer}.`;
}

function foreign(name: string): string {
  return `Element 'packet', attribute '${name}': The attribute '${name}' is not allowed.`;
}

function system(errcode: number, errtext: string): string {
  return `<?xml version="1.0"?>\n<packet version="1.6.9.1"><system><status>error</status><errcode>${errcode}</errcode><errtext>${errtext}</errtext></system></packet>\n`;
}
