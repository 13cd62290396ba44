import { expect, it } from 'vitest';
import type { EmulatorOptions } from '../../server/emulator.ts';
import { startEmulator } from '../../server/emulator.ts';
import { DEMO, start } from '../support/emulator.ts';
import { newToken } from '../support/wire.ts';

const TRUSTED: EmulatorOptions = { trustedProxies: ['192.0.2.1', '127.0.0.0/8'] };
const FORWARDED = { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'panel.example.com' };

async function logIn(options: EmulatorOptions, headers: Record<string, string>): Promise<readonly string[]> {
  const { plesk } = await start(options);
  const { login, password } = DEMO.carl;
  const response = await fetch(`${plesk.url}/login_up.php`, {
    method: 'POST',
    body: new URLSearchParams({ login_name: login, passwd: password }),
    headers,
    redirect: 'manual',
  });
  const cookie = response.headers.getSetCookie()[0]?.replace(/=[\da-f]{32};/, '=ID;') ?? '';
  return [response.headers.get('location')?.replace(plesk.url, 'http://itself') ?? '', cookie];
}

const SECURE = 'PLESKSESSID=ID; path=/; secure; HttpOnly';
const PLAIN = 'PLESKSESSID_INSECURE=ID; path=/; HttpOnly';

it.each([
  ['says both', FORWARDED, ['https://panel.example.com/smb/', SECURE]],
  [
    'names a port',
    { ...FORWARDED, 'X-Forwarded-Host': 'a.example:8443' },
    ['https://a.example:8443/smb/', SECURE],
  ],
  ['says the scheme alone', { 'X-Forwarded-Proto': 'HTTPS' }, ['https://itself/smb/', SECURE]],
  ['says the host alone', { 'X-Forwarded-Host': 'a.example' }, ['http://a.example/smb/', PLAIN]],
  [
    'is the last of several',
    { 'X-Forwarded-Proto': 'https, http', 'X-Forwarded-Host': 'a.example, b.example' },
    ['https://a.example/smb/', SECURE],
  ],
  ['says nothing', {}, ['http://itself/smb/', PLAIN]],
  ['says a scheme that is none', { 'X-Forwarded-Proto': 'javascript' }, ['http://itself/smb/', PLAIN]],
  [
    'says a host that is none',
    { 'X-Forwarded-Proto': 'https', 'X-Forwarded-Host': 'a.example/x?y' },
    ['/smb/', SECURE],
  ],
])('logs in by the URL of the browser where a trusted proxy %s', async (_what, headers, expected) => {
  const [location = '', cookie] = await logIn(TRUSTED, headers);

  expect([location.replace(/^https:\/\/127\.0\.0\.1:\d+/, 'https://itself'), cookie]).toEqual(expected);
});

it.each([
  ['without the setting', {}],
  ['from another address', { trustedProxies: ['192.0.2.1'] }],
])('believes no X-Forwarded header %s', async (_when, options) => {
  expect(await logIn(options, FORWARDED)).toEqual(['http://itself/smb/', PLAIN]);
});

it('opens a token and goes on in the session behind the proxy', async () => {
  const { plesk } = await start(TRUSTED);
  const token = await newToken(plesk);

  const opened = await fetch(`${plesk.url}/enterprise/rsession_init.php?PLESKSESSID=${token}`, {
    headers: FORWARDED,
    redirect: 'manual',
  });
  const page = await fetch(`${plesk.url}/smb/`, {
    headers: { ...FORWARDED, Cookie: `PLESKSESSID=${token}` },
    redirect: 'manual',
  });

  expect(opened.headers.get('location')).toBe('https://panel.example.com/smb/');
  expect(page.status).toBe(200);
});

it('sets the cookie of agent.php by it', async () => {
  const { plesk } = await start(TRUSTED);

  const { headers } = await fetch(`${plesk.url}/enterprise/control/agent.php`, {
    method: 'POST',
    body: '',
    headers: FORWARDED,
  });

  expect(headers.getSetCookie()[0]).toMatch(/; secure; HttpOnly$/);
});

it('can be told another proxy while it runs', async () => {
  const { plesk } = await start();
  await plesk.settings.set({ trustedProxies: ['127.0.0.1'] });

  const { headers } = await fetch(`${plesk.url}/admin/`, { headers: FORWARDED, redirect: 'manual' });

  expect(headers.get('location')).toMatch(/^https:\/\/panel\.example\.com\//);
});

it('refuses what is no address', async () => {
  await expect(startEmulator({ trustedProxies: ['proxy'] })).rejects.toThrow(/trustedProxies/);
});
