import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { ask } from '../support/agent.ts';
import { billing } from '../support/billing.ts';
import { browse, doorUrl } from '../support/browse.ts';
import { checkXsd, xsdIsMissing } from '../support/check-xsd.ts';
import { DEMO, start } from '../support/emulator.ts';
import { exchangesOf, examplesOf } from '../support/doc-examples.ts';
import { alertIn, logInAs, markIn, postForm } from '../support/login-form.ts';
import { credentials } from '../support/wire.ts';

const { admin, rita, carl } = DEMO;
const FIRST = 'First-pass-w0rd!';
const SECOND = 'Second-pass-w0rd!';
const TINA = { pname: 'Tina Tea', login: 'tina', passwd: FIRST, 'external-id': 'shop-4711' } as const;

it.each(['17.0', '18.0'] as const)(
  'leads a customer through its life on %s, in the hands of its reseller alone',
  async (name) => {
    const { plesk } = await start({ plesk: name });
    const module = billing(plesk, rita);

    expect(await module.find('external-id', TINA['external-id'])).toBeUndefined();
    const id = await module.add(TINA);
    expect(await module.find('login', 'tina')).toMatchObject({ id, status: '0' });
    expect((await plesk.accounts.get('tina')).owner).toBe('rita');
    const door = await browse(doorUrl(plesk.url, { PLESKSESSID: await module.session('tina') }));
    expect(door.location).toBe(`${plesk.url}/smb/`);

    await module.set(id, { passwd: SECOND });
    await expect(billing(plesk, { login: 'tina', password: FIRST }).find('id', id)).rejects.toThrow('1001');
    expect(await billing(plesk, { login: 'tina', password: SECOND }).find('id', id)).toMatchObject({ id });

    // The bit of resellers, whatever a reseller sends.
    await module.set(id, { status: '16' });
    expect(await module.find('id', id)).toMatchObject({ status: '32' });
    const form = await postForm(plesk, { login_name: 'tina', passwd: SECOND });
    expect(alertIn(form)).toBe('Your account is suspended.');
    const [entry] = await plesk.journal.find({ path: '/login_up.php', last: 1 });
    expect(JSON.stringify(entry)).toContain("login 'tina' from IP 127.0.0.1: the account is suspended");
    await expect(module.session('tina')).rejects.toThrow('1011');

    await module.set(id, { status: '0' });
    await logInAs(plesk, { login: 'tina', password: SECOND });
    await module.remove(id);
    expect(await module.find('id', id)).toBeUndefined();
    await expect(module.session('tina')).rejects.toThrow('1013');
  },
);

it.each(['11.5', '12.5'] as const)(
  'makes no session for a reseller on %s, where all else works',
  async (name) => {
    const { plesk } = await start({ plesk: name });
    const module = billing(plesk, rita);

    const id = await module.add(TINA);

    await expect(module.session('tina')).rejects.toThrow('1006');
    await module.set(id, { passwd: SECOND });
    const page = await browse(`${plesk.url}/smb/`, {
      cookie: await logInAs(plesk, { login: 'tina', password: SECOND }),
    });
    expect(markIn(page, 'user')).toBe('tina');
    await module.remove(id);
    expect(await module.find('id', id)).toBeUndefined();
  },
);

it('ends the sessions of a customer that is suspended or removed, opened or not', async () => {
  const { plesk } = await start();
  const module = billing(plesk);
  const id = await module.add(TINA);
  const cookie = await logInAs(plesk, { login: 'tina', password: FIRST });
  const unopened = await module.session('tina');

  await module.set(id, { status: '16' });
  await module.set(id, { status: '0' });

  expect((await browse(`${plesk.url}/smb/`, { cookie })).location).toContain('/login');
  expect((await browse(doorUrl(plesk.url, { PLESKSESSID: unopened }))).reason).toContain(
    'ended by its account',
  );
  const again = await logInAs(plesk, { login: 'tina', password: FIRST });
  await module.remove(id);
  expect((await browse(`${plesk.url}/smb/`, { cookie: again })).location).toContain('/login');
  expect(await plesk.sessions.list()).toEqual([]);
});

it('gives no id a second time', async () => {
  const { plesk } = await start();
  const module = billing(plesk);
  const id = await module.add(TINA);
  await module.remove(id);

  expect(Number(await module.add(TINA))).toBe(Number(id) + 1);
  expect(await module.find('id', id)).toBeUndefined();
});

it('keeps two modules apart: none touches the customers of the other', async () => {
  const { plesk } = await start();
  const module = billing(plesk, rita);

  await expect(module.find('login', 'carl')).rejects.toThrow('1006');
  await expect(module.set('3', { passwd: SECOND })).rejects.toThrow('1006');
  await expect(module.remove('3')).rejects.toThrow('1006');

  await logInAs(plesk, carl);
  await plesk.settings.set({ foreignAccount: '1013' });
  expect(await module.find('login', 'carl')).toBeUndefined();
});

const P = '<pname>a</pname><login>tina</login><passwd>First-pass-w0rd!</passwd>';
const inCustomer = (inner: string): string => `<packet><customer>${inner}</customer></packet>`;
const adding = (genInfo: string): string => inCustomer(`<add><gen_info>${genInfo}</gen_info></add>`);
const getting = (filter: string): string => inCustomer(`<get><filter>${filter}</filter><dataset/></get>`);
const inReseller = (inner: string): string => `<packet><reseller>${inner}</reseller></packet>`;

it.each<[string, Parameters<typeof credentials>[0], string]>([
  [
    getting(''),
    { login: 'carl', password: 'wrong' },
    '1001 You have entered incorrect username or password.',
  ],
  [getting('<login>carl</login>'), rita, '1006 Permission denied.'],
  [adding(P), carl, '1006 Permission denied.'],
  [adding(P.replace('tina', 'carl')), admin, '1007 User account carl already exists.'],
  [getting('<login>tina</login>'), admin, '1013 Client does not exist'],
  [
    adding(`<login>t</login>${P}`),
    admin,
    "1014 Parser error: Request is invalid. Error in line 1: Element 'login': ",
  ],
  [adding(`${P}<owner-login>carl</owner-login>`), admin, '1015 Owner does not exist.'],
  [
    inReseller(
      '<ippool-del-ip><reseller-id>2</reseller-id><ip-address>192.0.2.9</ip-address></ippool-del-ip>',
    ),
    admin,
    "1018 Ip address does not exist in client's pool",
  ],
  [
    inReseller(`<add><gen-info>${P.replace('tina', 'rita')}</gen-info></add>`),
    admin,
    '1019 Unable to set login or password argument: A user with username "rita" already exists.',
  ],
  [
    adding(P.replace('First-pass-w0rd!', 'teatime')),
    admin,
    '1019 Your password is not complex enough. According to the server policy, the minimal password strength is Strong. ',
  ],
  [adding(`${P}<locale>xx-XX</locale>`), admin, "1019 The locale 'xx-XX' is not installed"],
  [adding(`${P}<email>x</email>`), admin, "1019 The e-mail 'x' is invalid"],
  [
    inReseller('<convert-to-customer><filter><id>2</id></filter></convert-to-customer>'),
    admin,
    '1023 The reseller has customers.',
  ],
  [
    '<packet><webspace><add><gen_setup/></add></webspace></packet>',
    admin,
    '1023 webspace/add is not emulated: ',
  ],
  [adding(`${P}<owner-login>rita</owner-login>`), admin, "1024 The limit 'max_cl' is reached."],
  [adding(`${P}<status>-1</status>`), admin, "1025 Wrong status value '-1'."],
])('is answered as docs/accounts.md says: %s', async (packet, caller, says) => {
  const { plesk } = await start();
  await plesk.accounts.change('rita', { limits: { max_cl: 1 } });
  const page = readFileSync('docs/accounts.md', 'utf8');
  const [errcode, errtext] = [says.slice(0, 4), says.slice(5)];

  const { body } = await ask(plesk, packet, credentials(caller));

  const written = errtext.replaceAll('"', '&quot;');
  expect(body).toContain(`<errcode>${errcode}</errcode><errtext>${written}`);
  expect(page).toMatch(new RegExp(`^\\| ${errcode} .*${errtext.replace(/[.*+?^$()[\]|\\]/g, '\\$&')}`, 'm'));
});

const xsdMissing = xsdIsMissing();

it.skipIf(xsdMissing !== undefined)(
  `has no packet in docs/accounts.md that violates the schema of 1.6.6.0${xsdMissing === undefined ? '' : ` (skipped: ${xsdMissing})`}`,
  () => {
    const page = 'docs/accounts.md';
    const commands = examplesOf('console')
      .filter((example) => example.page === page)
      .flatMap((example) => exchangesOf(example).map(({ command }) => command));
    const codes = examplesOf('ts').flatMap((example) => (example.page === page ? [example.code] : []));
    const packets = [...commands, ...codes].flatMap((text) => text.match(/<packet>[^]*?<\/packet>/g) ?? []);

    expect(packets.length).toBeGreaterThan(8);
    expect(checkXsd('request', packets).filter((verdict) => verdict !== undefined)).toEqual([]);
  },
);
