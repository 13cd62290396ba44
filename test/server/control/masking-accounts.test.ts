import { expect, it } from 'vitest';
import type { Emulator } from '../../../server/emulator.ts';
import { ask, textsOf } from '../../support/agent.ts';
import { browse } from '../../support/browse.ts';
import { DEMO, start } from '../../support/emulator.ts';
import { postForm } from '../../support/login-form.ts';
import { credentials } from '../../support/wire.ts';

const FIRST = 'F1rst-pass&w<rd!';
const SECOND = 'S3cond-pass-w0rd!';
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');

/** What is shown of everything that came: the journal, in process and over HTTP, what it is told live, and the log. */
async function shownBy(plesk: Emulator, lines: readonly string[]): Promise<string> {
  const overHttp = await Promise.all(
    ['journal', 'accounts', 'unexpected'].map(async (path) =>
      (await fetch(`${plesk.url}/_emulator/${path}`)).text(),
    ),
  );
  return [JSON.stringify(await plesk.journal.find()), ...overHttp, ...lines].join('\n');
}

/** No text of these is shown, as it is or as XML, JSON or base64 have it. */
function expectNone(shown: string, ...secrets: readonly string[]): void {
  for (const secret of secrets)
    for (const form of [
      secret,
      escaped(secret),
      JSON.stringify(secret).slice(1, -1),
      escaped(secret).replaceAll('"', '&quot;'),
      encodeURIComponent(secret),
      btoa(secret),
    ])
      expect(shown).not.toContain(form);
}

const OPERATORS = [
  ['customer', 'gen_info', 'password_type'],
  ['reseller', 'gen-info', 'password-type'],
] as const;

it.each(OPERATORS)('shows no password of a %s, new, old or as a hash', async (operator, block, type) => {
  const { plesk, lines } = await start();
  const send = async (inner: string): Promise<string> =>
    (await ask(plesk, `<packet><${operator}>${inner}</${operator}></packet>`)).body;
  const change = (values: string): string =>
    `<set><filter><login>tina</login></filter><values><${block}>${values}</${block}></values></set>`;

  const named = '<pname>Tina</pname><login>tina</login>';
  await send(`<add><${block}>${named}<passwd>${escaped(FIRST)}</passwd></${block}></add>`);
  await send(change(`<passwd>${SECOND}</passwd>`));
  const got = await send(`<get><filter><login>tina</login></filter><dataset><${block}/></dataset></get>`);
  for (const password of [FIRST, SECOND]) {
    await ask(
      plesk,
      '<packet><server><get_protos/></server></packet>',
      credentials({ login: 'tina', password }),
    );
    await postForm(plesk, { login_name: 'tina', passwd: password });
  }

  const [hash = ''] = textsOf(got, 'password');
  expect(hash).toMatch(/^\$5\$/);
  const shown = await shownBy(plesk, lines);
  expectNone(shown, FIRST, SECOND, hash);
  expect(shown).toContain(`<${type}>crypt</${type}>`);
  const operations = (await plesk.journal.packets(`${operator}/*`)).flatMap((entry) => entry.operations);
  expect(operations.map(({ name }) => name)).toEqual(
    ['add', 'set', 'get'].map((one) => `${operator}/${one}`),
  );
  expect(operations[0]?.values).toMatchObject({ [block]: { login: 'tina', passwd: '..' } });
});

it.each(OPERATORS)(
  'shows no password of a packet of %s that is refused or fails',
  async (operator, block) => {
    const { plesk, lines } = await start();
    const send = (inner: string) => ask(plesk, `<packet><${operator}>${inner}</${operator}></packet>`);
    const passwd = `<passwd>${escaped(FIRST)}</passwd>`;

    const refused = await send(
      `<add><${block}>${passwd}<pname>Tina</pname><login>tina</login></${block}></add>`,
    );
    const other = block === 'gen_info' ? 'gen-info' : 'gen_info';
    const misspelt = await send(`<add><${other}><pname>T</pname><login>t</login>${passwd}</${other}></add>`);
    const nested = await send(
      `<add><${block}><pname>T</pname><login>t</login><passwd><value>${escaped(FIRST)}</value></passwd></${block}></add>`,
    );
    const weak = await send(
      `<add><${block}><pname>T</pname><login>t</login><passwd>teapot42</passwd></${block}></add>`,
    );
    const taken = await send(`<add><${block}><pname>T</pname><login>carl</login>${passwd}</${block}></add>`);
    const unreadable = await send(`<add><${block}><passwd>${escaped(FIRST)}`);

    expect([refused, misspelt, nested, unreadable].map(({ fault }) => fault?.slice(0, 4))).toEqual(
      Array.from({ length: 4 }, () => '1014'),
    );
    expect(weak.body).toContain('<errcode>1019</errcode>');
    expect(taken.body).toMatch(/<errcode>(?:1007|1019)<\/errcode>/);
    expectNone(await shownBy(plesk, lines), FIRST, 'teapot42');
  },
);

it('shows the kind of a password and settings about passwords, which are none', async () => {
  const { plesk } = await start();
  await ask(
    plesk,
    '<packet><server><set_misc><filter><property><name>secure_passwords</name><value>true</value></property></filter></set_misc></server></packet>',
  );

  const [entry] = await plesk.journal.packets();

  expect(entry?.request.body).toContain('<value>true</value>');
});

it('masks a password that reads like such a setting', async () => {
  const { plesk } = await start();
  await ask(
    plesk,
    '<packet><customer><add><gen_info><pname>T</pname><login>t</login><passwd>true</passwd></gen_info></add></customer></packet>',
  );
  await browse(`${plesk.url}/login_up.php`, { form: 'login_name=carl&passwd=true' });

  const [packet, visit] = [
    (await plesk.journal.packets())[0],
    (await plesk.journal.find({ kind: 'browser' }))[0],
  ];

  expect(JSON.stringify(packet)).toContain('"passwd":".."');
  expect(JSON.stringify(visit)).toContain('"passwd":".."');
  expect(JSON.stringify([packet, visit])).not.toMatch(/passwd\W{1,5}true/);
});

it('has the results of account operations as they were answered', async () => {
  const { plesk } = await start();
  await ask(
    plesk,
    '<packet><customer><get><filter><login>carl</login><login>nobody</login></filter><dataset><stat/></dataset></get></customer></packet>',
    credentials(DEMO.admin),
  );

  const [entry] = await plesk.journal.packets({ operation: 'customer/get', errcode: 1013 });

  expect(entry).toMatchObject({
    outcome: 'failed',
    login: 'admin',
    operations: [
      {
        name: 'customer/get',
        values: { filter: { login: ['carl', 'nobody'] } },
        results: [
          { status: 'ok', errcode: 0, values: { 'filter-id': 'carl', id: '3' } },
          {
            status: 'error',
            errcode: 1013,
            errtext: 'Client does not exist',
            values: { 'filter-id': 'nobody' },
          },
        ],
        unread: [],
      },
    ],
  });
  expect((await plesk.journal.counts()).operations).toEqual({
    'customer/get': { ok: 1, errcodes: { '1013': 1 } },
  });
});

it('shows the guid of an account, which has the form of a key', async () => {
  const { plesk } = await start();
  const { guid } = await plesk.accounts.get('carl');
  const stranger = '01234567-89ab-cdef-0123-456789abcdef';
  await ask(
    plesk,
    `<packet><customer><get><filter><guid>${guid}</guid><guid>${stranger}</guid></filter><dataset><gen_info/></dataset></get></customer></packet>`,
  );

  const [entry] = await plesk.journal.packets();

  expect(entry?.request.body).toContain(`<guid>${guid}</guid><guid>012345..</guid>`);
  expect(entry?.answer).toContain(`<filter-id>${guid}</filter-id>`);
  expect(entry?.operations[0]?.values).toEqual({
    filter: { guid: [guid, '012345..'] },
    dataset: { gen_info: '' },
  });
});
