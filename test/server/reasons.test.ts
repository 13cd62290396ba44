import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { DEMO, start } from '../support/emulator.ts';
import { ask, textsOf } from '../support/agent.ts';
import { credentials, resultsIn, sessionPacket } from '../support/wire.ts';

const PACKET = '<packet><server><get_protos/></server></packet>';
const base64 = (text: string): string => Buffer.from(text).toString('base64');

it.each([
  ['without =', 'MTAuNTAuMS43MQ', '10.50.1.71'],
  ['with =', 'MTAuNTAuMS43MQ==', '10.50.1.71'],
  ['of IPv6, without =', base64('2001:db8::1').replace(/=+$/, ''), '2001:db8::1'],
])('takes a user_ip in base64 %s, as PHP does', async (_form, userIp, address) => {
  const { plesk } = await start();

  const { body } = await ask(plesk, sessionPacket('carl', { user_ip: userIp }));

  expect(resultsIn(body)).toEqual(['ok']);
  expect(await plesk.sessions.list()).toMatchObject([{ address }]);
});

it('takes c_email in base64 without =', async () => {
  const { plesk } = await start();
  await plesk.accounts.change('carl', { email: '' });

  await ask(plesk, sessionPacket('carl', { c_email: base64('me@example.com').replace(/=+$/, '') }));

  expect(await plesk.accounts.get('carl')).toMatchObject({ email: 'me@example.com' });
});

it.each([
  ['a list of addresses', '192.0.2.1, 192.0.2.2', 'a list of addresses'],
  ['a list in base64', base64('192.0.2.1,192.0.2.2'), 'a list of addresses'],
  ['an address with a port', '192.0.2.1:443', 'with a port'],
  ['an address in brackets', '[2001:db8::1]', 'in brackets'],
  ['an address in brackets with a port', '[2001:db8::1]:443', 'in brackets'],
  ['a network', '192.0.2.0/24', 'a network'],
  ['a host name', 'shop.example.com', 'a host name'],
  ['a host name in base64', base64('shop.example.com'), 'a host name'],
  ['a line end in the base64', base64('192.0.2.1\n'), 'a line end'],
  ['what is no address at all', '256.1.1.1.1', "user_ip is '256.1.1.1.1'"],
])('says in header, log and journal alike why user_ip is refused: %s', async (_what, userIp, why) => {
  const { plesk, lines } = await start();

  const { body, reason } = await ask(plesk, sessionPacket('carl', { user_ip: userIp }));
  const [entry] = await plesk.journal.packets();

  expect(textsOf(body, 'errcode')).toEqual(['1019']);
  expect(reason).toContain(why);
  expect(entry?.operations[0]?.results[0]).toMatchObject({ errcode: 1019, detail: reason });
  expect(lines.join('\n')).toContain(reason);
});

it.each<[string, string | Buffer, Record<string, string>, string]>([
  ['a body that gzip has compressed', gzipSync(PACKET), {}, 'compressed by gzip'],
  [
    'a body with a Content-Encoding',
    Buffer.from([0x8b, 1, 2, 3]),
    { 'Content-Encoding': 'br' },
    'Content-Encoding br',
  ],
  ['JSON', '{"server":{}}', {}, 'JSON'],
  ['a form', 'packet=%3Cpacket%2F%3E', {}, 'a form'],
  ['base64', base64(PACKET), {}, 'base64'],
  ['HTML', '<!doctype html><html>', {}, 'HTML'],
  ['nothing', '', {}, 'empty'],
  ['no XML', 'hello', {}, 'no XML'],
])(
  'says in header, log and journal alike why a body cannot be read: %s',
  async (_what, body, headers, why) => {
    const { plesk, lines } = await start();

    const response = await fetch(`${plesk.url}/enterprise/control/agent.php`, {
      method: 'POST',
      body,
      headers: { ...credentials(DEMO.admin), 'Content-Type': 'text/xml', ...headers },
    });
    const reason = decodeURIComponent(response.headers.get('Emulator-Reason') ?? '');
    const [entry] = await plesk.journal.packets();

    expect(await response.text()).toContain('<errcode>1014</errcode>');
    expect(reason).toContain(why);
    expect(entry).toMatchObject({ errcode: 1014, detail: reason });
    expect(lines.join('\n')).toContain(reason);
  },
);

it('reads a packet with a Content-Encoding that is not true, as PHP does', async () => {
  const { plesk } = await start();

  const { body } = await ask(plesk, PACKET, { ...credentials(DEMO.admin), 'Content-Encoding': 'gzip' });

  expect(resultsIn(body)).toEqual(['ok']);
});

it.each([
  ['a violation of the schema', '<packet><server><foo/></server></packet>', /Element 'foo'/],
  ['a version that is not spoken', '<packet version="9"/>', /Protocol version '9'/],
  [
    'an operation that is not emulated',
    '<packet><mail><get_info><filter><site-id>1</site-id></filter></get_info></mail></packet>',
    /mail\/get_info is not emulated/,
  ],
  [
    'a login that is taken',
    '<packet><customer><add><gen_info><pname>x</pname><login>carl</login><passwd>aB3$ef!hijkl</passwd></gen_info></add></customer></packet>',
    /the login 'carl' is taken/,
  ],
  [
    'a password that is too weak, and the setting that takes it',
    '<packet><customer><add><gen_info><pname>x</pname><login>nora</login><passwd>Passw0rd!</passwd></gen_info></add></customer></packet>',
    /the password is medium; the setting passwordStrength/,
  ],
])('has a reason in the header and in the log for %s', async (_what, packet, why) => {
  const { plesk, lines } = await start();

  const { reason } = await ask(plesk, packet);
  const [entry] = await plesk.journal.packets();

  expect(reason).toMatch(why);
  expect(lines.join('\n')).toMatch(why);
  expect(JSON.stringify(entry)).toMatch(why);
});

it('names passwordStrength in the help for a weak password', async () => {
  const { plesk } = await start();
  await ask(
    plesk,
    '<packet><customer><add><gen_info><pname>x</pname><login>nora</login><passwd>Passw0rd!</passwd></gen_info></add></customer></packet>',
  );

  const [entry] = await plesk.journal.packets();

  expect(entry?.help.join()).toContain("settings.set({ passwordStrength: 'very-weak' })");
});

it.each([
  ['a method', { method: 'PUT' }, 405],
  ['a form that is too large', { method: 'POST', body: 'x'.repeat(70_000) }, 413],
])('has a reason for a login with %s that is refused', async (_what, init, status) => {
  const { plesk, lines } = await start();

  const response = await fetch(`${plesk.url}/login_up.php`, init);
  const reason = decodeURIComponent(response.headers.get('Emulator-Reason') ?? '');
  const [entry] = await plesk.journal.find();

  expect(response.status).toBe(status);
  expect(reason).not.toBe('');
  expect(entry).toMatchObject({ outcome: 'refused', reason });
  expect(lines.join('\n')).toContain(reason);
});
