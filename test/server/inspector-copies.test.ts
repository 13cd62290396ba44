import { expect, it } from 'vitest';
import type { Entry } from '../../server/control/entry.ts';
import type { Emulator } from '../../server/emulator.ts';
import { browse, doorUrl } from '../support/browse.ts';
import { start } from '../support/emulator.ts';
import { run } from '../support/tools.ts';
import { inServer, newToken } from '../support/wire.ts';

interface Copies {
  readonly asCurl: (
    entry: Entry,
    origin: string,
  ) => { readonly text: string; readonly placeholders: readonly string[] };
}

const COPIES = '../../inspector/copies.js';
const { asCurl } = (await import(COPIES)) as Copies;

/** What the emulator has of a request, and of the same sent once more by its curl command. */
async function sentAgain(
  plesk: Emulator,
  set: Readonly<Record<string, string>> = {},
  entry?: Entry,
): Promise<{ readonly first: Entry; readonly again: Entry; readonly placeholders: readonly string[] }> {
  const first = entry ?? (await latest(plesk));
  const { text, placeholders } = asCurl(first, plesk.url);
  const { stderr } = await run('sh', ['-c', text], { env: { ...process.env, ...set } });
  expect(stderr).toBe('');
  return { first, again: await latest(plesk), placeholders };
}

async function latest(plesk: Emulator): Promise<Entry> {
  const entry = (await plesk.journal.find()).at(-1);
  if (entry === undefined) throw new Error('nothing came');
  return entry;
}

it('copies a packet with the query of its URL, its method and its type', async () => {
  const { plesk } = await start();
  await fetch(`${plesk.url}/enterprise/control/agent.php?a=1&b=[2]`, {
    method: 'PUT',
    body: inServer('<get_protos/>'),
    headers: { 'Content-Type': 'application/xml', 'X-API-Key': 'a-key-of-mine' },
  });

  const set = { PLESK_X_API_KEY: 'a-key-of-mine' };
  // A packet's entry has no query, where its URL has one.
  const [packet] = await plesk.journal.packets();
  const entry = { ...packet, url: '/enterprise/control/agent.php?a=1&b=[2]' } as Entry;
  const { first, again, placeholders } = await sentAgain(plesk, set, entry);

  expect(asCurl(entry, plesk.url).text).toContain("agent.php?a=1&b=[2]'");
  expect(placeholders).toEqual(['$PLESK_X_API_KEY']);
  expect(again.method).toBe('PUT');
  expect(again.request.body).toBe(first.request.body);
  expect(again.request.headers).toMatchObject({ 'content-type': 'application/xml', 'x-api-key': '..' });
});

it('copies a login form, with its query, its cookies and a variable for its password', async () => {
  const { plesk } = await start();
  const { login, password } = { login: 'carl', password: `customer1Q**` };
  await browse(`${plesk.url}/login_up.php?success_redirect_url=%2Fsmb%2F%3Fa%26b`, {
    form: new URLSearchParams({ login_name: login, passwd: password }).toString(),
    cookie: `locale=de; PHPSESSID=${'a1'.repeat(16)}`,
    headers: { Referer: 'http://127.0.0.1/it%27s', 'User-Agent': "it's a browser" },
  });

  const { first, again, placeholders } = await sentAgain(plesk, {
    PLESK_PASSWORD: password,
    PLESK_COOKIE: 'a1'.repeat(16),
  });

  expect(placeholders).toEqual(['$PLESK_COOKIE', '$PLESK_PASSWORD']);
  expect(first).toMatchObject({ method: 'POST', outcome: 'logged in' });
  expect(again).toMatchObject({ method: 'POST', outcome: 'logged in' });
  for (const name of ['url', 'params', 'location'])
    expect(again[name as keyof Entry]).toEqual(first[name as keyof Entry]);
  for (const name of ['cookie', 'referer', 'user-agent', 'content-type'])
    expect(again.request.headers[name]).toBe(first.request.headers[name]);
});

it('copies a link with its token and the address that it leads to', async () => {
  const { plesk } = await start();
  const token = await newToken(plesk, 'carl');
  await browse(doorUrl(plesk.url, { PLESKSESSID: token, success_redirect_url: '/smb/?a=1&b=[2]' }));
  const other = await newToken(plesk, 'carl');

  const entry = (await plesk.journal.find({ kind: 'browser' })).at(-1);
  const { first, again, placeholders } = await sentAgain(plesk, { PLESK_TOKEN: other }, entry);

  expect(placeholders).toEqual(['$PLESK_TOKEN']);
  expect(again).toMatchObject({ method: 'GET', outcome: 'logged in' });
  expect(again).toHaveProperty('location', (first as { readonly location?: string }).location);
});

it.each(['POST', 'PUT', 'HEAD', 'DELETE', 'OPTIONS', 'GET'])(
  'copies a %s without parameters as it came',
  async (method) => {
    const { plesk } = await start();
    await browse(`${plesk.url}/smb/`, { method });

    const { first, again } = await sentAgain(plesk);

    expect(again.id).toBe(first.id + 1);
    expect(again.method).toBe(method);
    expect(again.request.body).toBe('');
    expect(again.request.headers['content-type']).toBeUndefined();
  },
);
