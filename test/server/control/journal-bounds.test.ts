import { setImmediate as turn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { startEmulator } from '../../../server/emulator.ts';
import { browse } from '../../support/browse.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { start } from '../../support/emulator.ts';
import { newToken, post, sessionPacket } from '../../support/wire.ts';

describe.each(BOTH_WAYS)('the journal, %s', (_way, open) => {
  it('keeps the beginning of a packet with thousands of operations, and few of those', async () => {
    const { plesk } = await open();
    await post(
      plesk,
      `<packet><session>${'<terminate><session-id>1</session-id></terminate>'.repeat(8000)}</session></packet>`,
    );

    const [entry] = await plesk.journal.packets();

    expect(entry?.operations).toHaveLength(100);
    expect(entry?.request.isCut).toBe(true);
    expect(entry?.request.body).toHaveLength(65_536);
    expect(entry?.answer?.length).toBeLessThanOrEqual(65_536);
  });

  it('compares values as they were sent, passwords and whole tokens too', async () => {
    const { plesk } = await open();
    const token = await newToken(plesk, 'carl');
    await browse(`${plesk.url}/login_up.php`, {
      form: 'login_name=carl&passwd=portal&success_redirect_url=/smb/portal/x',
    });
    await browse(`${plesk.url}/enterprise/rsession_init.php?PLESKSESSID=${token}`);
    const count = (values: Readonly<Record<string, unknown>>): Promise<number> =>
      plesk.journal.count({ values });

    expect(await count({ passwd: 'portal' })).toBe(1);
    expect(await count({ passwd: 'another' })).toBe(0);
    expect(await count({ success_redirect_url: '/smb/portal/x' })).toBe(1);
    expect(await count({ PLESKSESSID: token })).toBe(1);
    expect(await count({ PLESKSESSID: `${token.slice(0, 31)}x` })).toBe(0);
    expect(JSON.stringify(await plesk.journal.find())).not.toContain('portal');
  });

  it('has the headers and the form of a browser, masked', async () => {
    const { plesk } = await open();
    await browse(`${plesk.url}/login_up.php?a=1&a=2`, {
      form: 'login_name=carl&passwd=geheim12',
      headers: { Referer: 'https://portal.example/' },
    });

    const [entry] = await plesk.journal.find({ kind: 'browser' });

    expect(entry).toMatchObject({
      url: '/login_up.php?a=1&a=2',
      request: {
        headers: { referer: 'https://portal.example/' },
        body: 'login_name=carl&passwd=..',
        isCut: false,
      },
    });
  });

  it.each([
    [{ errcode: null }, 'errcode'],
    [{ errcode: '' }, 'errcode'],
    [{ peer: 'localhost' }, "peer: 'localhost' is no IP address"],
    [{ path: 'agent.php' }, 'a path begins with a slash'],
    [{ values: { login: /carl/ } }, 'values.login: it is an object of a class of its own'],
    [5, 'the input is 5, and has to be an object'],
  ])('refuses the condition %j', async (wanted, message) => {
    const { plesk } = await open();

    await expect(plesk.journal.find(wanted as never)).rejects.toThrow(message);
  });

  it('remembers what was unexpected, whatever becomes of the entry', async () => {
    const { plesk } = await open({ journal: 2, unexpected: 'fail' });
    await plesk.mark();
    await post(
      plesk,
      '<packet><mail><create><filter><site-id>1</site-id><mailname><name>x</name></mailname></filter></create></mail></packet>',
    );
    await plesk.rollback();
    for (let times = 0; times < 3; times += 1) await post(plesk, sessionPacket('carl'));

    await expect(plesk.verify()).rejects.toThrow('mail/create is not emulated');
    await plesk.journal.clear();
    await expect(plesk.verify()).resolves.toBeUndefined();
  });
});

it('lets nobody wait who waits when the emulator closes', async () => {
  const plesk = await startEmulator();
  const waiting = plesk.journal.waitFor('server/get', { timeout: 600_000 });
  const refused = expect(waiting).rejects.toThrow('the emulator was closed');

  await plesk.close();

  await refused;
});

it('does not do in the next test what a rule has delayed in the last', async () => {
  const { plesk } = await start();
  await plesk.mark();
  await plesk.faults.add({ fault: 'delay', ms: 50 });
  const sent = post(plesk, sessionPacket('carl')).catch(() => 'no answer');
  while ((await plesk.faults.list())[0]?.fired !== 1) await turn();

  await plesk.rollback();

  expect(await sent).toBe('no answer');
  expect(await plesk.sessions.list()).toEqual([]);
});

it('answers refused methods and too large forms by its clock', async () => {
  const { plesk } = await start();
  await plesk.clock.freeze('2031-05-06T07:08:09Z');

  const method = await browse(`${plesk.url}/login_up.php`, { method: 'PUT' });
  const form = await browse(`${plesk.url}/login_up.php`, { form: 'x'.repeat(70_000) });

  expect([method.status, form.status]).toEqual([405, 413]);
  expect([method.headers.date, form.headers.date]).toEqual(Array(2).fill('Tue, 06 May 2031 07:08:09 GMT'));
});

it('ends HEAD of its events, and tells of changes alone', async () => {
  const { plesk } = await start();
  expect((await browse(`${plesk.url}/_emulator/events`, { method: 'HEAD' })).status).toBe(200);
  const leave = new AbortController();
  const { body } = await fetch(`${plesk.url}/_emulator/events`, { signal: leave.signal });
  let told = '';
  for await (const chunk of body ?? []) {
    told += Buffer.from(chunk as Uint8Array).toString();
    if (told.includes('changed')) break;
    await plesk.journal.find();
    await plesk.verify();
    await plesk.accounts.suspend('carl');
  }
  leave.abort();

  expect(told).toContain('event: changed\ndata: {"call":"accounts.suspend"}');
  expect(told).not.toContain('journal.find');
});

it('counts faults from one again after a reset', async () => {
  const { plesk } = await start();
  await plesk.faults.add({ fault: 'hang', times: 1 });
  await plesk.reset();

  expect((await plesk.faults.add({ fault: 'hang' })).id).toBe('fault-1');
});
