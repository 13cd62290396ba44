import { expect, it } from 'vitest';
import { CHECKUPS } from '../../server/checkups/index.ts';
import type { EmulatorOptions, SeedInput } from '../../server/emulator.ts';
import { start } from '../support/emulator.ts';
import { post } from '../support/wire.ts';

const VALID = '<packet><server><create_session><login>admin</login></create_session></server></packet>';
const OLD = '<packet version="1.6.3.0"><unknown/></packet>';
const NEW = '<packet version="100.0.0"><unknown/></packet>';
const INVALID = '<packet><unknown/></packet>';
const BROKEN = '<packet';
const WRONG = { HTTP_AUTH_PASSWD: 'wrong' };
const RITA = { HTTP_AUTH_LOGIN: 'rita', HTTP_AUTH_PASSWD: 'reseller1Q**' };
const SAM = { HTTP_AUTH_LOGIN: 'sam', HTTP_AUTH_PASSWD: 'customer1Q**' };
const CARL = { HTTP_AUTH_LOGIN: 'carl', HTTP_AUTH_PASSWD: 'customer1Q**' };
const CLOSED: EmulatorOptions = { api: false };

const SEED: SeedInput = {
  accounts: [
    { login: 'rita', password: 'reseller1Q**', role: 'reseller', remoteApi: false },
    { login: 'sam', password: 'customer1Q**', role: 'customer', status: 'suspended' },
    { login: 'carl', password: 'customer1Q**', role: 'customer' },
  ],
};

const BAD_LOGIN = [1001, 'You have entered incorrect username or password.'] as const;
const BAD_KEY = [11003, 'PleskAPIInvalidSecretKeyException : key is not found'] as const;
const BAD_VERSION = [
  1005,
  "Protocol version '100.0.0' is not supported. Current protocol version is '1.6.9.1'",
] as const;
const UNREADABLE = [1014, 'Parser error: Cannot parse the XML from the source specified'] as const;
const NOT_OPEN = [1006, 'Access to API is disabled for 127.0.0.1'] as const;
const DENIED = [1006, 'Permission denied.'] as const;
const SUSPENDED = [1011, 'The account is disabled.'] as const;
const unexpected = (names: string): readonly [number, string] => [
  1014,
  `Parser error: Request is invalid. Error in line 1: Element 'unknown': This element is not expected. Expected is one of ( ${names} ).`,
];
const UNEXPECTED = unexpected(
  'request-settings, server, customer, webspace, subdomain, dns, db_server, mail, certificate, site-alias',
);
const OLD_UNEXPECTED = unexpected(
  'request-settings, server, customer, webspace, subdomain, dns, db_server, mail, migration, certificate',
);

it('checks header, version, authentication, access and validity in the order that Plesk documents', () => {
  expect(CHECKUPS.map(({ id }) => id)).toEqual([
    'checkup/header',
    'checkup/version',
    'checkup/authentication',
    'checkup/access',
    'checkup/validity',
  ]);
});

it.each([
  ['a version nobody speaks before a wrong password', NEW, WRONG, {}, BAD_VERSION],
  ['a version nobody speaks before an unknown key', NEW, { KEY: 'x' }, {}, BAD_VERSION],
  ['a version nobody speaks before a closed API', NEW, {}, CLOSED, BAD_VERSION],
  ['a version nobody speaks before an invalid packet', NEW, {}, {}, BAD_VERSION],
  ['a wrong password before an invalid packet', INVALID, WRONG, {}, BAD_LOGIN],
  ['a wrong password before an unreadable packet', BROKEN, WRONG, {}, BAD_LOGIN],
  ['a wrong password before an empty body', '', WRONG, {}, BAD_LOGIN],
  ['a wrong password before a closed API', VALID, WRONG, CLOSED, BAD_LOGIN],
  ['a wrong password', VALID, WRONG, {}, BAD_LOGIN],
  ['an unknown login', VALID, { HTTP_AUTH_LOGIN: 'nobody' }, {}, BAD_LOGIN],
  ['a login in capitals', VALID, { HTTP_AUTH_LOGIN: 'ADMIN' }, {}, BAD_LOGIN],
  ['an empty password', VALID, { HTTP_AUTH_PASSWD: '' }, {}, BAD_LOGIN],
  ['an unknown key', VALID, { KEY: 'c0ffee' }, {}, BAD_KEY],
  ['an empty key', VALID, { KEY: '' }, {}, BAD_KEY],
  ['an unknown key before the right pair, an invalid packet too', INVALID, { KEY: 'x' }, {}, BAD_KEY],
  ['an unknown key before an unreadable packet', BROKEN, { KEY: 'x' }, {}, BAD_KEY],
  ['a suspended caller', VALID, SAM, {}, SUSPENDED],
  ['a suspended caller before an invalid packet', INVALID, SAM, {}, SUSPENDED],
  ["a suspended caller's wrong password", VALID, { ...SAM, ...WRONG }, {}, BAD_LOGIN],
  ['a reseller without the remote API', VALID, RITA, {}, DENIED],
  ['a reseller without the remote API before an invalid packet', INVALID, RITA, {}, DENIED],
  ['a reseller without the remote API before an unreadable packet', BROKEN, RITA, {}, DENIED],
  ['an API that is switched off', VALID, {}, CLOSED, NOT_OPEN],
  ['an API that is switched off before an invalid packet', INVALID, {}, CLOSED, NOT_OPEN],
  ['an API for other addresses', VALID, {}, { apiAllowedIps: ['192.0.2.1', '::1'] }, NOT_OPEN],
  ['an API for nobody', VALID, {}, { apiAllowedIps: [] }, NOT_OPEN],
  ['an invalid packet', INVALID, {}, {}, UNEXPECTED],
  ['an invalid packet of an old version', OLD, {}, {}, OLD_UNEXPECTED],
  ['an unreadable packet', BROKEN, {}, {}, UNREADABLE],
])('refuses %s', async (_case, packet, headers, options, [errcode, errtext]) => {
  const { plesk } = await start({ ...options, seed: SEED });

  const answer = await post(plesk, packet, headers);

  const version = /^<packet version="([\d.]+)">/.exec(packet)?.[1] ?? '1.6.9.1';
  expect(answer).toBe(
    `<?xml version="1.0"?>\n<packet version="${version}"><system><status>error</status><errcode>${errcode}</errcode><errtext>${errtext}</errtext></system></packet>\n`,
  );
  expect(await plesk.sessions.list()).toEqual([]);
});

it('gives the errtext of a key on releases before 18.0.33 as those gave it', async () => {
  const texts = new Map<string, string | undefined>();
  for (const plesk of ['12.0', '12.5', '17.0', '17.5', '17.8', '18.0'] as const) {
    const answer = await post((await start({ plesk, seed: SEED })).plesk, VALID, { KEY: 'x' });
    texts.set(plesk, /<errtext>PleskAPIInvalidSecretKeyException : (.*)<\/errtext>/.exec(answer)?.[1]);
  }
  const usage = 'Invalid secret key usage. Please check logs for details.';
  expect(Object.fromEntries(texts)).toEqual({
    '12.0': usage,
    '12.5': usage,
    '17.0': usage,
    '17.5': usage,
    '17.8': usage,
    '18.0': 'key is not found',
  });
});

it.each([
  ['the administrator', {}, { apiAllowedIps: ['192.0.2.1', '127.0.0.1'] }],
  ['an address that is allowed in another form', {}, { apiAllowedIps: ['::ffff:127.0.0.1'] }],
  ['a customer', CARL, {}],
])('lets %s in', async (_case, headers, options) => {
  const { plesk } = await start({ ...options, seed: SEED });

  const answer = await post(plesk, '<packet><server><get_protos/></server></packet>', headers);

  expect(answer).toContain('<get_protos><result><status>ok</status>');
});

it('says nothing of GET but that there is no packet, whoever asks', async () => {
  const { plesk } = await start(CLOSED);

  const answer = await fetch(`${plesk.url}/enterprise/control/agent.php`);

  expect(await answer.text()).toContain('<errcode>1014</errcode>');
});
