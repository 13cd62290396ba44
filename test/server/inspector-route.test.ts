import { readdir } from 'node:fs/promises';
import { expect, it } from 'vitest';
import { INSPECTOR_FILES } from '../../server/http/inspector-files.ts';
import { browse } from '../support/browse.ts';
import { start } from '../support/emulator.ts';

it('serves every file of the inspector, and no other', async () => {
  const { plesk } = await start();

  expect([...INSPECTOR_FILES.values()].sort()).toEqual((await readdir('inspector')).sort());
  for (const [path, name] of INSPECTOR_FILES) {
    const { status, headers, body } = await browse(`${plesk.url}/_emulator${path}`);
    expect([status, body === ''], name).toEqual([200, false]);
    expect(headers, name).toMatchObject({
      'cache-control': 'no-store',
      'content-security-policy': expect.stringContaining("default-src 'self';") as string,
      date: 'Thu, 01 Jan 2026 10:00:00 GMT',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(headers['content-type'], name).toMatch(
      /^text\/(html|css|javascript); charset=utf-8$|^image\/svg\+xml$/,
    );
  }
  for (const other of ['/index.html', '/..%2fpackage.json', '/../package.json', '/inspector', '/app.js'])
    expect((await browse(`${plesk.url}/_emulator${other}`)).status, other).toBe(404);
});

it('leads to the inspector from the path without its slash', async () => {
  const { plesk } = await start();

  expect(await browse(`${plesk.url}/_emulator`)).toMatchObject({ status: 308, location: '/_emulator/' });
});

it('gives the inspector to whoever may use the control, and for reading alone', async () => {
  const { plesk } = await start({ controlToken: 'a-control-token-of-a-test' });
  const basic = `Basic ${Buffer.from('anybody:a-control-token-of-a-test').toString('base64')}`;
  const page = `${plesk.url}/_emulator/`;

  expect(await browse(page)).toMatchObject({
    status: 401,
    headers: { 'www-authenticate': expect.stringMatching(/^Basic /) as string },
  });
  expect((await browse(page, { headers: { Authorization: basic } })).status).toBe(200);
  expect(
    (await browse(page, { headers: { Authorization: basic, Origin: 'https://evil.example' } })).status,
  ).toBe(403);
  expect(await browse(page, { method: 'POST', headers: { Authorization: basic } })).toMatchObject({
    status: 405,
    headers: { allow: 'GET, HEAD' },
  });
  expect(await browse(page, { method: 'HEAD', headers: { Authorization: basic } })).toMatchObject({
    body: '',
  });
});

it('has no part that a page elsewhere could give: no script, style or handler inside its pages', async () => {
  const { plesk } = await start();

  const { body } = await browse(`${plesk.url}/_emulator/`);

  expect(body).not.toMatch(/<style|style=|\son\w+=|https?:|<script(?! type="module" src="inspector\.js")/);
});
