import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import type { Page } from '../support/browse.ts';
import { browse, doorUrl } from '../support/browse.ts';
import { start } from '../support/emulator.ts';
import { CARL, encoded, valueIn } from '../support/login-form.ts';
import { newToken } from '../support/wire.ts';

const run = promisify(execFile);

/** A multipart form, its parts as they stand. */
const parts = (...each: readonly string[]): string =>
  `${each.map((part) => `--X\r\n${part}\r\n`).join('')}--X--\r\n`;
const field = (name: string, value: string): string =>
  `Content-Disposition: form-data; name="${name}"\r\n\r\n${value}`;
const GOOD = parts(field('login_name', 'carl'), field('passwd', CARL.passwd));

const send = (
  panel: string,
  form: string,
  type = 'multipart/form-data; boundary=X',
  query = '',
): Promise<Page> => browse(`${panel}/login_up.php${query}`, { form, headers: { 'Content-Type': type } });

it('logs in by a FormData, as certd sends it', async () => {
  const { plesk } = await start();
  const body = new FormData();
  for (const [name, value] of Object.entries(CARL)) body.set(name, value);

  const response = await fetch(`${plesk.url}/login_up.php`, { method: 'POST', body, redirect: 'manual' });

  expect([response.status, response.headers.get('location')]).toEqual([303, `${plesk.url}/smb/`]);
});

it('reads the texts of a FormData and passes over its files', async () => {
  const { plesk } = await start();
  const body = new FormData();
  for (const [name, value] of Object.entries(CARL)) body.set(name, value);
  body.set('success_redirect_url', '/smb/größe');
  body.append('passwd', new File(['x'], 'passwd.txt'));
  body.append('logo', new Blob([new Uint8Array([0, 255, 13, 10])]), 'logo.png');

  const response = await fetch(`${plesk.url}/login_up.php`, { method: 'POST', body, redirect: 'manual' });

  expect(response.headers.get('location')).toBe(`${plesk.url}/smb/gr%C3%B6%C3%9Fe`);
});

it('logs in by curl -F, with a file beside the fields', async () => {
  const { plesk } = await start();
  const folder = mkdtempSync(join(tmpdir(), 'login-form-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  writeFileSync(join(folder, 'logo.png'), Buffer.from([0x89, 0x50, 13, 10, 45, 45]));

  const { stdout } = await run('curl', [
    ...['-s', '-o', '/dev/null', '-w', '%{http_code} %{redirect_url}'],
    ...['-F', `login_name=carl`, '-F', `logo=@${join(folder, 'logo.png')}`, '-F', `passwd=${CARL.passwd}`],
    `${plesk.url}/login_up.php`,
  ]);

  expect(stdout).toBe(`303 ${plesk.url}/smb/`);
});

it.each([
  ['a quoted boundary', 'multipart/form-data; boundary="X"', GOOD],
  ['capitals in its type', 'Multipart/Form-Data; BOUNDARY=X', GOOD],
  ['a charset behind the boundary', 'multipart/form-data; boundary=X; charset=utf-8', GOOD],
  ['no line end at its end', undefined, GOOD.trimEnd()],
  [
    'a type for each part, as Apache HttpClient writes it',
    undefined,
    GOOD.replaceAll(
      '"\r\n',
      '"\r\nContent-Type: text/plain; charset=UTF-8\r\nContent-Transfer-Encoding: 8bit\r\n',
    ),
  ],
  ['a field twice, the last counting', undefined, parts(field('passwd', 'x')).replace('--X--\r\n', GOOD)],
])('reads a multipart form with %s', async (_what, type, form) => {
  const { plesk } = await start();

  expect((await send(plesk.url, form, type)).location).toBe(`${plesk.url}/smb/`);
});

it.each([
  ['without a boundary', 'multipart/form-data', GOOD],
  ['with another boundary', 'multipart/form-data; boundary=Y', GOOD],
  ['that ends in the middle', 'multipart/form-data; boundary=X', GOOD.slice(0, 60)],
  ['that is no form', 'multipart/form-data; boundary=X', '{"login_name":"carl"}'],
])('says that it cannot parse a multipart form %s', async (_what, type, form) => {
  const { plesk } = await start();

  const page = await send(plesk.url, form, type);

  expect(page.status).toBe(200);
  expect(page.reason).toMatch(
    /: no login_name; a form of type multipart\/form-data.*, which cannot be parsed is not read$/,
  );
});

it.each(['application/json', 'text/plain', 'text/xml; charset=utf-8'])(
  'names %s as no form',
  async (type) => {
    const { plesk } = await start();

    const page = await send(plesk.url, JSON.stringify(CARL), type);

    expect(page.reason).toContain(`: no login_name; a form of type ${type} is not read`);
  },
);

it('takes what the query has where the form is not read', async () => {
  const { plesk } = await start();

  const page = await send(plesk.url, '{}', 'application/json', `?${encoded(CARL)}`);

  expect(page.location).toBe(`${plesk.url}/smb/`);
});

it.each([
  ['urlencoded', 'application/x-www-form-urlencoded', `${encoded(CARL)}&x=`],
  [
    'multipart',
    'multipart/form-data; boundary=X',
    parts(field('login_name', 'carl'), field('passwd', CARL.passwd), field('x', '')),
  ],
])('reads an %s form of 64 KiB, and no larger one', async (_what, type, form) => {
  const { plesk } = await start();
  const sized = (bytes: number): string => {
    const fill = 'x'.repeat(bytes - Buffer.byteLength(form));
    return form.endsWith('=') ? form + fill : form.replace('name="x"\r\n\r\n', `name="x"\r\n\r\n${fill}`);
  };

  const largest = await send(plesk.url, sized(65_536), type);
  const larger = await send(plesk.url, sized(65_537), type);

  expect(largest.location).toBe(`${plesk.url}/smb/`);
  expect(larger).toMatchObject({ status: 413, body: 'a form holds at most 65536 bytes\n', cookies: [] });
  expect(await plesk.sessions.list()).toHaveLength(1);
});

it('reads a multipart form at rsession_init.php too, the form winning over the query', async () => {
  const { plesk } = await start();
  const form = parts(
    field('PLESKSESSID', await newToken(plesk)),
    field('success_redirect_url', '/smb/web/view'),
  );

  const page = await browse(doorUrl(plesk.url, { PLESKSESSID: 'f'.repeat(32) }), {
    form,
    headers: { 'Content-Type': 'multipart/form-data; boundary=X' },
  });

  expect(page.location).toBe(`${plesk.url}/smb/web/view`);
});

it('reads UTF-8 in both kinds of forms', async () => {
  const { plesk } = await start();
  const login = 'Zoë & 名 <b>';

  for (const page of [
    await send(plesk.url, encoded({ login_name: login }), 'application/x-www-form-urlencoded; charset=UTF-8'),
    await send(plesk.url, parts(field('login_name', login))),
  ]) {
    expect(valueIn(page, 'login_name')).toBe(login);
  }
});

// Known gaps of Node's reader: PHP, and so Plesk, reads all of these.
it.each([
  ["a name without quotes, as .NET's HttpClient writes it", GOOD.replaceAll(/name="(\w+)"/g, 'name=$1')],
  ['words before its first part', `This is a multi-part message.\r\n${GOOD}`],
  ['words behind its last part', `${GOOD}that was it`],
])('reads a multipart form with %s', async (_what, form) => {
  const { plesk } = await start();

  expect((await send(plesk.url, form)).location).toBe(`${plesk.url}/smb/`);
});
