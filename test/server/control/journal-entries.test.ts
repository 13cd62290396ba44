import { describe, expect, it } from 'vitest';
import { browse, doorUrl } from '../../support/browse.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { DEMO, idOf } from '../../support/emulator.ts';
import { ask, inSecretKey } from '../../support/agent.ts';
import { credentials, inServer, post, sessionPacket } from '../../support/wire.ts';

describe.each(BOTH_WAYS)('an entry of the journal, %s', (_way, start) => {
  it('has a packet whole: who, when, what, with which result', async () => {
    const { plesk, clock } = await start();
    await post(plesk, sessionPacket('carl', { skin: 'dark' }), { 'User-Agent': 'billing/1.0' });

    const [entry, ...others] = await plesk.journal.packets();

    expect(others).toEqual([]);
    expect(entry).toMatchObject({
      kind: 'packet',
      id: 1,
      at: clock.now(),
      peer: '127.0.0.1',
      method: 'POST',
      path: '/enterprise/control/agent.php',
      release: '18.0',
      login: 'admin',
      outcome: 'answered',
      faults: [],
      help: [],
      isUnexpected: true,
      operations: [
        {
          name: 'server/create_session',
          values: { login: 'carl', data: { user_ip: '127.0.0.1', source_server: '', skin: 'dark' } },
          results: [{ status: 'ok', errcode: 0, values: { id: '000001..' } }],
          unread: ['data/skin'],
          isEmulated: true,
          remarks: ['for carl at 127.0.0.1'],
        },
      ],
      request: { headers: { 'user-agent': 'billing/1.0', http_auth_passwd: '..' }, isCut: false },
    });
    expect(entry?.ms).toBeGreaterThan(0);
    expect(entry?.request.body).toContain('<login>carl</login>');
    expect(entry?.answer).toContain('<id>000001..</id>');
    expect(entry).not.toHaveProperty('errcode');
    expect(entry).not.toHaveProperty('version');
  });

  it('has the errcode, text and detail of a packet that was refused', async () => {
    const { plesk } = await start();
    await post(plesk, '<packet version="1.6.9.1"><server><get_protos/></server></packet>', {
      HTTP_AUTH_PASSWD: 'wrong',
    });

    const [entry] = await plesk.journal.packets();

    expect(entry).toMatchObject({
      outcome: 'refused',
      version: '1.6.9.1',
      errcode: 1001,
      errtext: 'You have entered incorrect username or password.',
      detail: "this is not the password of 'admin'",
      operations: [{ name: 'server/get_protos', values: {}, results: [] }],
    });
    expect(entry).not.toHaveProperty('login');
    expect((await plesk.journal.counts()).operations).toEqual({
      'server/get_protos': { ok: 0, errcodes: { 1001: 1 } },
    });
  });

  it('names the operations of a packet that a fault kept from Plesk, with what was sent', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'reset', operation: 'server/create_session' });
    await expect(post(plesk, sessionPacket('carl', { user_ip: '192.0.2.7' }))).rejects.toThrow();

    const entry = await plesk.journal.waitFor({
      operation: 'server/create_session',
      values: { login: 'carl', data: { user_ip: '192.0.2.7' } },
    });

    expect(entry).toMatchObject({
      outcome: 'unanswered',
      login: 'admin',
      faults: ['fault-1'],
      operations: [{ name: 'server/create_session', results: [] }],
    });
    expect(await plesk.sessions.list()).toEqual([]);
  });

  it('splits a packet into its operations, in the order of the packet', async () => {
    const { plesk } = await start();
    await post(
      plesk,
      '<packet><server><get_protos/></server><mail><create><filter><site-id>1</site-id><mailname><name>x</name></mailname></filter></create></mail><server>' +
        '<create_session><login>nobody</login></create_session><get><session_setup/></get></server></packet>',
    );

    const [entry] = await plesk.journal.packets();

    expect(entry?.outcome).toBe('failed');
    expect(
      entry?.operations.map(({ name, results }) => [name, results.map(({ errcode }) => errcode)]),
    ).toEqual([
      ['server/get_protos', [0]],
      ['mail/create', [1023]],
      ['server/create_session', [1013]],
      ['server/get', [0]],
    ]);
    expect(entry?.operations[2]?.results[0]).toEqual({
      status: 'error',
      errcode: 1013,
      errtext: 'User does not exist',
      detail: "there is no account with the login 'nobody'",
    });
  });

  it('has several results of one operation in their order', async () => {
    const { plesk } = await start();
    const { id } = await plesk.secretKeys.add({ key: 'first-key-of-all' });
    await post(
      plesk,
      inSecretKey(`<get_info><filter><key>${id}</key><key>0a0b0c0d</key></filter></get_info>`),
    );

    const [entry] = await plesk.journal.packets();

    expect(entry?.operations[0]?.values).toEqual({ filter: { key: [id, '0a0b0c0d'] } });
    expect(entry?.operations[0]?.results.map(({ errcode }) => errcode)).toEqual([0, 1013]);
  });

  it("has a browser's request whole", async () => {
    const { plesk, clock } = await start();
    await post(plesk, sessionPacket('carl'));
    await browse(doorUrl(plesk.url, { PLESKSESSID: idOf(1), success_redirect_url: '/smb/', colour: 'blue' }));

    const [, entry] = await plesk.journal.find();

    expect(entry).toMatchObject({
      kind: 'browser',
      id: 2,
      at: clock.now(),
      peer: '127.0.0.1',
      method: 'GET',
      path: '/enterprise/rsession_init.php',
      release: '18.0',
      login: 'carl',
      outcome: 'logged in',
      status: 303,
      params: { PLESKSESSID: '000001..', success_redirect_url: '/smb/', colour: 'blue' },
      unread: ['colour'],
      location: `${plesk.url}/smb/`,
      faults: [],
      isUnexpected: true,
    });
  });

  it('tells every outcome of a browser by its name', async () => {
    const { plesk } = await start();
    await post(plesk, sessionPacket('carl'));
    const door = await browse(doorUrl(plesk.url, { PLESKSESSID: idOf(1) }));
    const cookie = door.cookies[0]?.split(';')[0] ?? '';
    await browse(doorUrl(plesk.url, { PLESKSESSID: idOf(1) }));
    await browse(`${plesk.url}/smb/`, { cookie });
    await browse(`${plesk.url}/smb/`);
    await browse(`${plesk.url}/login_up.php`);
    await browse(`${plesk.url}/`, { cookie });
    await browse(`${plesk.url}/logout.php`, { cookie });
    await browse(`${plesk.url}/nowhere`);
    await browse(`${plesk.url}/login_up.php`, { method: 'DELETE' });

    const entries = await plesk.journal.find({ kind: 'browser' });

    expect(entries.map(({ outcome }) => outcome)).toEqual([
      'logged in',
      'login failed',
      'page shown',
      'sent to the login page',
      'form shown',
      'redirected',
      'logged out',
      'not found',
      'refused',
    ]);
  });

  it('knows another address, caller and release', async () => {
    const { plesk } = await start({ plesk: '17.8' });
    await ask(plesk, inServer('<get_protos/>'), credentials(DEMO.rita), '127.0.0.2');

    expect(await plesk.journal.find()).toMatchObject([{ peer: '127.0.0.2', login: 'rita', release: '17.8' }]);
  });
});

describe.each(BOTH_WAYS)("the journal's room, %s", (_way, start) => {
  it('keeps the latest, oldest first, and counts on', async () => {
    const { plesk } = await start({ journal: 3 });
    for (let sent = 0; sent < 5; sent += 1) await post(plesk, inServer('<get_protos/>'));

    expect((await plesk.journal.find()).map(({ id }) => id)).toEqual([3, 4, 5]);
    expect(await plesk.journal.counts()).toMatchObject({ held: 3, last: 5 });
  });

  it('is off at 0, and says so', async () => {
    const { plesk } = await start({ journal: 0 });
    await post(plesk, inServer('<get_protos/>'));

    const off = 'the journal is off (setting journal is 0)';
    await expect(plesk.journal.find()).rejects.toThrow(off);
    await expect(plesk.journal.count()).rejects.toThrow(off);
    await expect(plesk.journal.counts()).rejects.toThrow(off);
    await expect(plesk.unexpected()).rejects.toThrow(off);
    await expect(plesk.journal.waitFor('server/get')).rejects.toThrow(off);
  });

  it('survives a packet of a megabyte, and keeps its beginning', async () => {
    const { plesk } = await start();
    await post(plesk, inServer(`<get_protos/><!-- ${'x'.repeat(1_000_000)} -->`));

    const [entry] = await plesk.journal.packets();

    expect(entry).toMatchObject({ outcome: 'answered', request: { isCut: true } });
    expect(entry?.request.body).toMatch(/^<packet>/);
    expect(entry?.request.body.length).toBeLessThan(70_000);
  });

  it('survives a body that is no UTF-8, one that is nothing, and hostile headers', async () => {
    const { plesk } = await start();
    for (const body of [Buffer.from([0x3c, 0xff, 0xfe, 0x00, 0x80]), Buffer.from([0xff]), Buffer.alloc(0)])
      await fetch(`${plesk.url}/enterprise/control/agent.php`, {
        method: 'POST',
        body,
        headers: credentials(plesk.admin),
      });
    const hostile = {
      KEY: '(((['.repeat(2000),
      'X-Password': String.raw`\u{110000}[^`,
      __proto__x: '%E0%A4%A',
    };
    await ask(plesk, inServer('<get_protos/>'), hostile);

    const entries = await plesk.journal.packets();

    expect(entries.map(({ errcode }) => errcode)).toEqual([1014, 1014, 1014, 11003]);
    expect(entries[3]?.request.headers).toMatchObject({ key: '..', 'x-password': '..' });
  });

  it('forgets all by clear, and does not count from 1 again', async () => {
    const { plesk } = await start();
    await post(plesk, inServer('<get_protos/>'));

    await plesk.journal.clear();
    await post(plesk, inServer('<get_protos/>'));

    expect((await plesk.journal.find()).map(({ id }) => id)).toEqual([2]);
  });
});
