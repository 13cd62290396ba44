import { get } from 'node:http';
import { describe, expect, it } from 'vitest';
import { ask, inSecretKey } from '../../support/agent.ts';
import { browse, doorUrl } from '../../support/browse.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { DEMO, idOf, start as startHere } from '../../support/emulator.ts';
import { credentials, inServer, post, sessionPacket } from '../../support/wire.ts';

const SECRET = `s&"<ä' p%1*`;
const spelled = (text: string): string =>
  Array.from(text, (one) => `&#${String(one.codePointAt(0))};`).join('');
const escaped = (text: string): string => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
const hexed = (text: string): string =>
  spelled(text).replace(/&#(\d+);/g, (_all, code: string) => `&#X${Number(code).toString(16)};`);

describe.each(BOTH_WAYS)('no entry shows a secret, %s', (_way, start) => {
  it.each([
    ['under its name', `<password>${escaped(SECRET)}</password>`],
    ['in CDATA', `<password><![CDATA[${SECRET}]]></password>`],
    ['partly in CDATA', `<password>s&amp;<![CDATA[${SECRET.slice(2)}]]></password>`],
    ['by numbers', `<password>${spelled(SECRET)}</password>`],
    ['by hex numbers', `<password>${hexed(SECRET)}</password>`],
    ['with a comment in it', `<password>s&amp;<!-- -->${escaped(SECRET.slice(2))}</password>`],
    [
      'and again in another element',
      `<password>${escaped(SECRET)}</password><mode>${escaped(SECRET)}</mode>`,
    ],
    ['and again by numbers', `<password>${escaped(SECRET)}</password><mode>${spelled(SECRET)}</mode>`],
    [
      'and again URL-encoded',
      `<password>${escaped(SECRET)}</password><mode>${encodeURIComponent(SECRET)}</mode>`,
    ],
    [
      'and again in base64',
      `<password>${escaped(SECRET)}</password><mode>${Buffer.from(SECRET).toString('base64')}</mode>`,
    ],
  ])('that stands %s', async (_how, children) => {
    const { plesk } = await start();
    await post(plesk, inServer(`<set>${children}</set>`));
    const shown = JSON.stringify(await plesk.journal.find());

    for (const form of [
      SECRET,
      SECRET.slice(2),
      escaped(SECRET),
      spelled(SECRET),
      hexed(SECRET),
      encodeURIComponent(SECRET),
      Buffer.from(SECRET).toString('base64'),
    ])
      expect(shown).not.toContain(JSON.stringify(form).slice(1, -1));
    expect(shown).toContain('<password>..');
  });

  it.each([
    ['of a property', '<property><name>ftp_password</name><value>Sup3rS3cret</value></property>'],
    [
      'of a property, spelled otherwise',
      `<p><name>${spelled('ftp_password')}</name><!-- --> <value><![CDATA[Sup3rS3cret]]></value></p>`,
    ],
    ['of a property, before its name', '<p><value>Sup3rS3cret</value><name>dbPassword</name></p>'],
    [
      'of one property among several',
      '<p><p><name>a</name><value>1</value></p><name>pass</name><value>Sup3rS3cret</value></p>',
    ],
    ['in adminPassword', '<adminPassword>Sup3rS3cret</adminPassword>'],
    ['in userPass', '<userPass>Sup3rS3cret</userPass>'],
    ['in apiKey', '<apiKey a="b">Sup3rS3cret</apiKey>'],
    ['in an access token', '<accessToken>Sup3rS3cret</accessToken>'],
    ['in client-secret', '<p:client-secret>Sup3rS3cret</p:client-secret>'],
    ['and breaks off', '<property><name>ftp_password</name><value>Sup3rS3cret'],
    ['in a form', '?a=b&amp;apiKey=Sup3rS3cret'],
    ['in JSON', '{"adminPassword": "Sup3rS3cret"}'],
  ])('that stands under its name %s', async (_how, children) => {
    const { plesk } = await start();
    await post(plesk, `<packet><webspace><add>${children}</add></webspace></packet>`);
    await post(plesk, inServer(`<set>${children}</set>`));
    const shown = JSON.stringify(await plesk.journal.find());

    expect(shown).not.toContain('Sup3rS3cret');
    expect(await plesk.journal.count()).toBe(2);
  });

  it('that is as long as a packet, or is one of a great many', async () => {
    const { plesk } = await start();
    const long = `Sup3rS3cret${'x'.repeat(60_000)}`;
    const many = Array.from({ length: 2000 }, (_, nth) => `<apiKey>key-${nth}</apiKey>`).join('');
    await post(plesk, inServer(`<set><password>${long}</password></set>`));
    await post(plesk, inServer(`<set>${many}</set>`));

    const shown = JSON.stringify(await plesk.journal.find());

    expect(shown).not.toContain('Sup3rS3cret');
    expect(shown).not.toMatch(/key-\d/);
  });

  it('and still shows names and values that are none', async () => {
    const { plesk } = await start();
    const children =
      '<property><name>ftp_login</name><value>carla</value></property><keyword>one</keyword><mapping><pinned>two</pinned></mapping>';
    await post(plesk, `<packet><webspace><add>${children}</add></webspace></packet>`);
    await ask(plesk, inSecretKey('<get_info><filter/></get_info>'));

    const [first, second] = await plesk.journal.packets();

    expect(first?.request.body).toContain(children);
    expect(second?.request.body).toContain('<secret_key><get_info>');
  });

  it('of headers that are named as keys and tokens are', async () => {
    const { plesk } = await start();
    await post(plesk, inServer('<get_protos/>'), {
      'X-API-Key': 'a-key-of-mine',
      'X-Token-Of-Mine': 'a-token-of-mine',
      'X-Client-Secret': 'cs',
      'X-Authorization': 'Bearer a-bearer-of-mine',
      'X-Note': 'a-key-of-mine, a-token-of-mine, a-bearer-of-mine',
    });

    const [entry] = await plesk.journal.packets();

    expect(entry?.request.headers).toMatchObject({
      'x-api-key': '..',
      'x-token-of-mine': '..',
      'x-client-secret': '..',
      'x-authorization': '..',
      'x-note': '.., .., ..',
    });
  });

  it('of headers and cookies, wherever it stands again', async () => {
    const { plesk } = await start();
    const { key } = await plesk.secretKeys.add({ key: 'a-key-of-my-own' });
    await ask(plesk, sessionPacket('carl', { c_email: key, back_url: DEMO.admin.password }), {
      KEY: key,
      Cookie: `remember=${encodeURIComponent(DEMO.admin.password)}; k=${key}`,
      'User-Agent': `tool/${key}`,
      'X-Password': 'ab',
      Authorization: `Basic ${btoa('admin:other-secret')}`,
      Referer: 'http://x/?passwd=cd&password=ef',
    });

    const [entry] = await plesk.journal.packets();

    expect(entry).toMatchObject({
      outcome: 'answered',
      operations: [{ values: { data: { c_email: '..', back_url: '..' } } }],
      request: {
        headers: {
          key: '..',
          cookie: 'remember=..; k=..',
          'user-agent': 'tool/..',
          'x-password': '..',
          authorization: '..',
          referer: 'http://x/?passwd=..&password=..',
        },
      },
    });
    const shown = JSON.stringify(entry);
    for (const secret of [key, DEMO.admin.password, 'other-secret']) expect(shown).not.toContain(secret);
  });

  it('of answers: keys and tokens that were made', async () => {
    const { plesk } = await start({ plesk: '12.0' });
    await plesk.secretKeys.add({ key: 'a-key-of-my-own' });
    const made = await ask(plesk, inSecretKey('<create/><get_info><filter/></get_info>'));
    await post(plesk, sessionPacket('carl'));

    const [, key = ''] = /<key>([\da-f-]{36})<\/key>/.exec(made.body) ?? [];
    const shown = JSON.stringify(await plesk.journal.find());

    expect(key).not.toBe('');
    expect(made.body).toContain('a-key-of-my-own');
    for (const secret of [key, 'a-key-of-my-own', idOf(2)]) expect(shown).not.toContain(secret);
  });

  it('of browsers: passwords and tokens in queries, forms, cookies and targets', async () => {
    const { plesk } = await start();
    await post(plesk, sessionPacket('carl'));
    const page = await browse(
      doorUrl(plesk.url, { PLESKSESSID: idOf(1), success_redirect_url: `/smb/?t=${idOf(1)}` }),
    );
    await browse(`${plesk.url}/smb/`, { cookie: page.cookies[0]?.split(';')[0] ?? '' });
    await browse(`${plesk.url}/login_up.php`, { form: 'login_name=carl&passwd=customer1Q**' });
    await browse(
      `${plesk.url}/login_up.php?login_name=carl&passwd=xy&failure_redirect_url=%2F%3Fpasswd%3Dcustomer1Q**`,
    );
    await browse(`${plesk.url}/customer1Q**?login=carl&customer1Q**=1`);

    const shown = JSON.stringify(await plesk.journal.find());

    for (const secret of [idOf(1), 'customer1Q', '"xy"']) expect(shown).not.toContain(secret);
  });

  it('of packets that are refused, cut, or in another encoding', async () => {
    const { plesk } = await start();
    const long = `<packet><password>first-secret</password>${' '.repeat(65_450)}<x_password>second-secret${'s'.repeat(99)}`;
    for (const body of [
      '<packet><passwd>first-secret</passwd><a>first-secret',
      long,
      Buffer.from('<packet><password>first-secret</password></packet>', 'utf16le'),
      'login=admin&password=first-secret',
      '{"password": "first-secret"}',
    ])
      await fetch(`${plesk.url}/enterprise/control/agent.php`, {
        method: 'POST',
        body,
        headers: credentials(plesk.admin),
      });

    const shown = JSON.stringify(await plesk.journal.find()).replaceAll('\\u0000', '');

    expect(await plesk.journal.count({ outcome: 'refused' })).toBe(5);
    for (const secret of ['first-secret', 'second-secret']) expect(shown).not.toContain(secret);
  });

  it('in what waitFor says', async () => {
    const { plesk } = await start();
    await post(plesk, inServer('<get_protos/>'), { HTTP_AUTH_LOGIN: DEMO.admin.password });
    const waiting = plesk.journal.waitFor(
      { values: { password: 'first-secret', id: idOf(1) } },
      { timeout: 0 },
    );

    const error = await waiting.catch((reason: unknown) => String(reason));

    expect(error).toContain('waited 0 ms');
    for (const secret of ['first-secret', idOf(1), DEMO.admin.password]) expect(error).not.toContain(secret);
  });

  it('and shows what is none: logins that are passwords too, ids of keys', async () => {
    const { plesk } = await start({ credentialRules: 'any' });
    await plesk.accounts.change('carl', { password: 'carl-carl' });
    await plesk.accounts.add({ login: 'carl-carl', password: 'carl-carl', role: 'customer' });
    await ask(plesk, sessionPacket('carl-carl'), credentials({ login: 'carl', password: 'carl-carl' }));

    const [entry] = await plesk.journal.packets();

    expect(entry?.operations[0]?.values).toMatchObject({ login: 'carl-carl' });
    expect(entry?.request.headers['http_auth_passwd']).toBe('..');
  });
});

it('and no event shows one', async () => {
  const { plesk } = await startHere();
  const event = new Promise<string>((done, fail) => {
    get(`${plesk.url}/_emulator/events`, (response) => {
      let text = '';
      response.setEncoding('utf8').on('data', (chunk: string) => {
        text += chunk;
        if (text === chunk) void post(plesk, inServer('<set><password>first-secret</password></set>'));
        if (!text.endsWith('\n\n') || !text.includes('event: entry')) return;
        response.destroy();
        done(text);
      });
    }).on('error', fail);
  });

  const text = await event;

  expect(text).toContain('server/set');
  for (const secret of ['first-secret', DEMO.admin.password]) expect(text).not.toContain(secret);
});
