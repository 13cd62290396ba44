import { expect, it } from 'vitest';
import { DEMO, idOf, start } from '../support/emulator.ts';
import { runLogged } from '../support/program.ts';
import { post, tokenIn } from '../support/wire.ts';

const sessionFor = (login: string): string =>
  `<packet><server><create_session><login>${login}</login></create_session></server></packet>`;

const FORM = { login_name: 'carl', passwd: DEMO.carl.password } as const;

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

it('shows no token, key or password in whole wherever somebody has written one', async () => {
  const { plesk, lines } = await start();
  const secrets = ['0123456789abcdef0123456789abcdef', '11111111-aaaa-bbbb-cccc-123456789abc', "it's-secret"];
  const [token = '', key = '', password = ''] = secrets;
  const reasons: (string | null)[] = [];
  const browse = async (path: string, body?: Record<string, string>): Promise<void> => {
    const form = body === undefined ? {} : { method: 'POST', body: new URLSearchParams(body) };
    const answer = await fetch(`${plesk.url}${path}`, { redirect: 'manual', ...form });
    reasons.push(answer.headers.get('emulator-reason'));
  };
  const send = async (body: string, headers: Record<string, string> = {}): Promise<void> => {
    const given = { HTTP_AUTH_LOGIN: DEMO.admin.login, HTTP_AUTH_PASSWD: DEMO.admin.password, ...headers };
    const answer = await fetch(`${plesk.url}/enterprise/control/agent.php`, {
      method: 'POST',
      body,
      headers: given,
    });
    reasons.push(answer.headers.get('emulator-reason'));
  };

  for (const secret of [token, key]) {
    await send(sessionFor(secret));
    await send('<packet/>', { HTTP_AUTH_LOGIN: secret });
    await send(`<packet version="${secret}"/>`);
    await send(
      `<packet><session><terminate><session-id>${secret}</session-id></terminate></session></packet>`,
    );
    await browse('/login_up.php', { login_name: secret, passwd: password });
    await browse('/login_up.php', { ...FORM, locale_id: secret, success_redirect_url: `//x/${secret}` });
    await browse(`/smb/${secret}?passwd=${password}`);
  }
  for (const url of [`ftp://x/?passwd=${password}&a=b`, `/smb/?a=b&passwd=${password}`]) {
    await browse('/login_up.php', { ...FORM, success_redirect_url: url });
    await browse('/login_up.php', { ...FORM, passwd: 'x', failure_redirect_url: url });
  }

  const said = [...lines, ...reasons.map((reason) => decodeURIComponent(reason ?? ''))].join('\n');
  for (const secret of secrets) expect(said).not.toContain(secret);
  expect(said).toContain('refused by redirect/form: it is neither a path nor an http(s) URL');
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
