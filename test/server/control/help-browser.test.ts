import { expect, it } from 'vitest';
import { browse } from '../../support/browse.ts';
import { idOf, start } from '../../support/emulator.ts';
import { newToken } from '../../support/wire.ts';

const DOOR = '/enterprise/rsession_init.php';
const TOKEN = 'f'.repeat(32);

it.each<[string, string, string, Record<string, string>?]>([
  [
    'a misspelt parameter',
    `${DOOR}?success_redirect_uri=/`,
    'success_redirect_uri is not read here: do you mean success_redirect_url?',
  ],
  [
    'a parameter in another case',
    `${DOOR}?plesksessid=${TOKEN}`,
    'plesksessid is not read here: do you mean PLESKSESSID?',
  ],
  [
    'a token under another name',
    `${DOOR}?token=${TOKEN}`,
    'token holds what looks like a token: it goes into PLESKSESSID',
  ],
  [
    'a token in a cookie alone',
    DOOR,
    'a token is a parameter of the URL or form, not a cookie',
    { Cookie: `PLESKSESSID=${TOKEN}` },
  ],
  ['a token at the login page', `/login_up.php?PLESKSESSID=${TOKEN}`, `PLESKSESSID is read at ${DOOR} alone`],
  [
    'a token in upper case',
    `${DOOR}?PLESKSESSID=${TOKEN.toUpperCase()}`,
    'the token cannot be one: its letters are upper case, and ids are compared as they are',
  ],
  ['a token that nobody knows', `${DOOR}?PLESKSESSID=${TOKEN}`, 'explain(token) tells its whole life'],
  ['a path without its ending', '/enterprise/rsession_init', `do you mean ${DOOR}?`],
  [
    'a token at no door',
    `/rsession.php?PLESKSESSID=${TOKEN}`,
    `a token is opened at ${DOOR}: do you mean that?`,
  ],
  ['a path in another case', '/Login_Up.php', 'do you mean /login_up.php?'],
  ['a misspelt path', '/enterprise/control/agents.php', 'do you mean /enterprise/control/agent.php?'],
  [
    'the cookie of the other scheme',
    '/smb/',
    'the browser logged in over https (its cookie is PLESKSESSID) and asks over http, where the cookie is PLESKSESSID_INSECURE',
    { Cookie: `PLESKSESSID=${TOKEN}` },
  ],
  [
    'a misspelt login',
    '/login_up.php?login_name=Carl&passwd=x',
    "do you mean 'carl'? Upper and lower case count in logins",
  ],
  [
    'a suspended account',
    '/login_up.php?login_name=sam&passwd=customer1Q**',
    "accounts.activate('sam') ends its suspension",
  ],
])('helps with %s', async (_what, path, says, headers = {}) => {
  const { plesk } = await start();
  await browse(`${plesk.url}${path}`, { headers });

  const [entry] = await plesk.journal.find();

  expect(entry?.help).toContain(says);
});

it('has nothing to say of a login that went well', async () => {
  const { plesk } = await start();
  const token = await newToken(plesk);
  await browse(`${plesk.url}${DOOR}?PLESKSESSID=${token}`);

  expect(token).toBe(idOf(1));
  expect((await plesk.journal.find()).map(({ help }) => help)).toEqual([[], []]);
});
