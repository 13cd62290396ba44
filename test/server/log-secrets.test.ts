import { expect, it } from 'vitest';
import { DEMO, idOf, start } from '../support/emulator.ts';
import { runLogged } from '../support/program.ts';
import { post, tokenIn } from '../support/wire.ts';

const sessionFor = (login: string): string =>
  `<packet><server><create_session><login>${login}</login></create_session></server></packet>`;

const SECRETS = [
  DEMO.admin.password,
  DEMO.carl.password,
  'wrong-pass-word',
  'c0ffee-secret-key',
  idOf(1),
  'f'.repeat(32),
];

it('shows no token, password or key in whole, whatever happens to them', async () => {
  const { plesk, lines } = await start();
  const [, , wrong = '', key = '', token = '', unknown = ''] = SECRETS;
  const terminate = (id: string): string =>
    `<packet><session><terminate><session-id>${id}</session-id></terminate></session></packet>`;
  const door = `${plesk.url}/enterprise/rsession_init.php`;
  tokenIn(await post(plesk, sessionFor('carl')));

  for (const headers of [
    { HTTP_AUTH_PASSWD: wrong },
    { KEY: key },
    { HTTP_AUTH_LOGIN: 'carl', HTTP_AUTH_PASSWD: DEMO.carl.password },
  ]) {
    await post(plesk, sessionFor('nobody'), headers);
  }
  await post(plesk, '<packet><session><get/></session></packet>');
  for (const id of [unknown, token]) {
    await fetch(`${door}?PLESKSESSID=${id}`, { redirect: 'manual' });
    await fetch(door, { method: 'POST', body: new URLSearchParams({ PHPSESSID: id }), redirect: 'manual' });
    await fetch(`${door}?PLESKSESSID=${id}&PHPSESSID=${token}`, { redirect: 'manual' });
    await fetch(`${plesk.url}/smb/`, {
      headers: { Cookie: `PLESKSESSID_INSECURE=${id}` },
      redirect: 'manual',
    });
    await post(plesk, terminate(id));
  }
  await post(
    plesk,
    `<packet><secret_key><delete><filter><key>${key}</key></filter></delete></secret_key></packet>`,
  );

  expect(lines.length).toBeGreaterThan(12);
  for (const secret of SECRETS) expect(lines.filter((line) => line.includes(secret))).toEqual([]);
});

it.each([
  ['pretty', /^\[?\d\d:\d\d:\d\d\.\d+\]? (INFO|WARN).*: (packet|login) /],
  ['json', /^\{"level":\d+,"time":"\d{4}-.*"msg":"(packet|login) .*\}$/],
])('writes a line for each packet and login to standard output as %s', async (format, expected) => {
  const { printed, token } = await runLogged(format);

  const lines = printed.split('\n').filter((line) => /packet (without|1\.)|login from/.test(line));
  expect(lines).toHaveLength(3);
  for (const line of lines) expect(line).toMatch(expected);
  for (const text of ['create_session ok', '1001 You have', 'logged in as admin'])
    expect(printed).toContain(text);
  for (const secret of [token, 'wrong-pass-word']) expect(printed).not.toContain(secret);
});

it('leaves standard output to the log where that is json', async () => {
  const { printed } = await runLogged('json');

  for (const line of printed.trimEnd().split('\n')) expect(JSON.parse(line)).toHaveProperty('msg');
});

it('writes nothing but what a start prints with --log off', async () => {
  const { printed } = await runLogged('off');

  expect(printed).toMatch(/^plesk-emulator [^]*\nReady http:\/\/127\.0\.0\.1:\d+\n$/);
});
