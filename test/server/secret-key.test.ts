import { expect, it } from 'vitest';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { ask, inSecretKey, keyFilter, newKey, textsOf } from '../support/agent.ts';
import { DEMO, start } from '../support/emulator.ts';
import { credentials, resultsIn } from '../support/wire.ts';

const UUID = /^[\da-f]{8}-[\da-f]{4}-[\da-f]{4}-[\da-f]{4}-[\da-f]{12}$/;
const ID = /^[\da-f]{8}$/;
const GONE = '1013 Secret key does not exist';
const WITH_KEYS = RELEASE_NAMES.filter((name) => !['10.4', '11.0', '11.5'].includes(name));

it.each(WITH_KEYS)('shows a key in whole up to 17.8 and an id from 18.0 on: %s', async (release) => {
  const { plesk } = await start({ plesk: release });
  const key = await newKey(plesk, '<description>billing</description>');

  const shown = textsOf((await ask(plesk, keyFilter('get_info', key))).body, 'key');

  expect(key).toMatch(UUID);
  if (release === '18.0') expect(shown).toEqual([expect.stringMatching(ID)]);
  else expect(shown).toEqual([key]);
  for (const name of shown) {
    const { body } = await ask(plesk, keyFilter('get_info', name));
    expect(textsOf(body, 'description')).toEqual(['billing']);
    expect(resultsIn((await ask(plesk, keyFilter('delete', name))).body)).toEqual(['ok']);
  }
  expect(resultsIn((await ask(plesk, keyFilter('get_info', key))).body)).toEqual([GONE]);
});

it('gives every key an id of its own', async () => {
  const { plesk } = await start();
  await ask(plesk, inSecretKey('<create/>'.repeat(500)));

  const ids = textsOf((await ask(plesk, keyFilter('get_info'))).body, 'key');

  expect(new Set(ids).size).toBe(500);
});

it('does not hang where chance gives the same key again', async () => {
  const { plesk } = await start({ ids: { hex32: () => 'ab'.repeat(16) } });

  const { body } = await ask(plesk, inSecretKey('<create/><create/>'));

  expect(resultsIn(body)).toEqual(['ok', 'ok']);
  expect(textsOf((await ask(plesk, keyFilter('get_info'))).body, 'key')).toHaveLength(1);
});

it.each([
  ['one', '192.0.2.1', '192.0.2.1'],
  ['several with commas', '192.0.2.1,192.0.2.2', '192.0.2.1,192.0.2.2'],
  [
    'several with blanks and line ends',
    ' 192.0.2.1\n192.0.2.2 , 192.0.2.3 ',
    '192.0.2.1,192.0.2.2,192.0.2.3',
  ],
  ['IPv6 in another form', '2001:DB8:0:0::1', '2001:db8::1'],
  ['the same twice', '192.0.2.1,::ffff:192.0.2.1', '192.0.2.1'],
  ['none', '', '127.0.0.1'],
  ['commas alone', ' , ,', '127.0.0.1'],
])('binds a key to %s', async (_what, given, bound) => {
  const { plesk } = await start();
  await newKey(plesk, `<ip_address>${given}</ip_address>`);

  const { body } = await ask(plesk, keyFilter('get_info'));

  expect(textsOf(body, 'ip_address')).toEqual([bound]);
});

it.each([
  [
    'an address that is none',
    '<ip_address>192.0.2.1,192.0.2.256</ip_address>',
    /^1019 '192\.0\.2\.256' is no IP/,
  ],
  ['a host name', '<ip_address>localhost</ip_address>', /^1019 /],
  ['a network', '<ip_address>192.0.2.0/24</ip_address>', /^1019 /],
  ['a login that nobody has', '<login>nobody</login>', /^1013 User does not exist$/],
  ['a login that is suspended', '<login>sam</login>', /^1011 The account is disabled\.$/],
])('makes no key for %s', async (_what, children, expected) => {
  const { plesk } = await start();

  const { body } = await ask(plesk, inSecretKey(`<create>${children}</create>`));

  expect(resultsIn(body)).toEqual([expect.stringMatching(expected)]);
  expect(textsOf((await ask(plesk, keyFilter('get_info'))).body, 'key')).toEqual([]);
});

it('tells whose each key is', async () => {
  const { plesk } = await start();
  await ask(
    plesk,
    inSecretKey('<create/><create><login>carl</login></create><create><login>rita</login></create>'),
  );

  const { body } = await ask(plesk, keyFilter('get_info'));

  expect(textsOf(body, 'login')).toEqual(['admin', 'carl', 'rita']);
});

it('answers a filter key by key, and goes on after one that is not there', async () => {
  const { plesk } = await start({ plesk: '17.8' });
  const [first, second] = [await newKey(plesk), await newKey(plesk)];

  const { body } = await ask(plesk, keyFilter('delete', second, 'nothing', second, first));

  expect(resultsIn(body)).toEqual(['ok', GONE, GONE, 'ok']);
  expect(textsOf(body, 'key')).toEqual([second, 'nothing', second, first]);
});

it.each(['get_info', 'delete'] as const)(
  'answers %s with a bare ok where there is no key',
  async (operation) => {
    const { plesk } = await start();

    const { body } = await ask(plesk, keyFilter(operation));

    expect(body).toContain(`<${operation}><result><status>ok</status></result></${operation}>`);
  },
);

it.each([DEMO.rita, DEMO.carl])('is nothing for $login', async (caller) => {
  const { plesk } = await start();
  const key = await newKey(plesk, `<login>${caller.login}</login>`);
  const operations = '<create/><get_info><filter/></get_info><delete><filter/></delete>';

  for (const headers of [credentials(caller), { KEY: key }]) {
    const { body } = await ask(plesk, inSecretKey(operations), headers);
    expect(resultsIn(body)).toEqual(Array(3).fill('1006 Permission denied.'));
  }
  expect(textsOf((await ask(plesk, keyFilter('get_info'))).body, 'login')).toEqual([caller.login]);
});

it('forgets by a reset the keys that were made', async () => {
  const { plesk } = await start({ seed: { secretKeys: [{ key: 'of-the-seed' }] }, plesk: '17.8' });
  await newKey(plesk);

  await plesk.reset();

  expect(textsOf((await ask(plesk, keyFilter('get_info'))).body, 'key')).toEqual(['of-the-seed']);
});

it('says in the log for whom a key is and from where, and never the key', async () => {
  const { plesk, lines } = await start();

  const key = await newKey(plesk, '<ip_address>192.0.2.1,192.0.2.2</ip_address><login>carl</login>');
  await ask(plesk, keyFilter('get_info', key, `${key.slice(0, -1)}f`));

  expect(lines[0]).toContain('secret_key/create ok, for carl from 192.0.2.1, 192.0.2.2');
  expect(lines[1]).toContain(`there is no secret key ${key.slice(0, 6)}..`);
  for (const line of lines) expect(line).not.toContain(key.slice(0, -1));
});
