import { describe, expect, it } from 'vitest';
import { ask, textsOf } from '../../support/agent.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { inServer, post, sessionPacket } from '../../support/wire.ts';

const TWO = inServer(
  '<get_protos/><create_session><login>carl</login><data><user_ip>127.0.0.1</user_ip><source_server/></data></create_session>',
);

describe.each(BOTH_WAYS)('errcodes that a test wants, %s', (_way, start) => {
  it('stands in the result of its operation, and the others are run', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'errcode', errcode: 1023, operation: 'server/create_session' });

    const { body, reason } = await ask(plesk, TWO);

    expect(body).toContain(
      '<create_session><result><status>error</status><errcode>1023</errcode><errtext>Operation failed.</errtext></result></create_session>',
    );
    expect(body).toContain('<get_protos><result><status>ok</status><protos>');
    expect(reason).toBe('a test wants it: fault-1, errcode 1023');
    expect(await plesk.sessions.list()).toEqual([]);
    expect(await plesk.journal.packets()).toMatchObject([
      { outcome: 'failed', faults: ['fault-1'], isUnexpected: false },
    ]);
  });

  it('stands in the place of a result whose change was made', async () => {
    const { plesk } = await start();
    await plesk.faults.add({
      fault: 'errcode',
      errcode: 1023,
      errtext: 'The disk is full & slow',
      operation: 'server/create_session',
      afterChange: true,
    });

    const body = await post(plesk, sessionPacket('carl'));

    expect(body).toContain('<errcode>1023</errcode><errtext>The disk is full &amp; slow</errtext></result>');
    expect(await plesk.sessions.list()).toMatchObject([{ login: 'carl', state: 'token' }]);
  });

  it('answers for the whole packet, with nothing done', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'errcode', errcode: 1004, on: 'packet' });

    const { body, fault, reason } = await ask(plesk, sessionPacket('carl'));

    expect(fault).toBe(
      '1004 Plesk is not configured. Go to the control panel to perform post-installation configuring.',
    );
    expect(body).toMatch(/^<\?xml version="1.0"\?>\n<packet version="1.6.9.1"><system>/);
    expect(reason).toBe('a test wants it: fault-1, errcode 1004');
    expect(await plesk.sessions.list()).toEqual([]);
  });

  it('answers for the whole packet after all of it was done', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'errcode', errcode: 1023, on: 'packet', afterChange: true });

    const [done, refused] = [
      await ask(plesk, sessionPacket('carl')),
      await ask(plesk, sessionPacket('carl'), { HTTP_AUTH_LOGIN: 'admin', HTTP_AUTH_PASSWD: 'wrong' }),
    ];

    expect([done.fault, refused.fault]).toEqual(['1023 Operation failed.', '1023 Operation failed.']);
    expect(await plesk.sessions.list()).toHaveLength(1);
  });

  it('counts each operation of a packet', async () => {
    const { plesk } = await start();
    await plesk.faults.add({
      fault: 'errcode',
      errcode: 1019,
      operation: 'secret_key/create',
      after: 1,
      times: 2,
    });

    const body = await post(
      plesk,
      '<packet><secret_key><create/><create/><create/><create/></secret_key></packet>',
    );

    expect(textsOf(body, 'status')).toEqual(['ok', 'error', 'error', 'ok']);
    expect(await plesk.faults.list()).toMatchObject([{ seen: 4, fired: 2 }]);
    expect(await plesk.secretKeys.list()).toHaveLength(2);
  });

  it('leaves a packet that Plesk refuses to Plesk, and is not used up by it', async () => {
    const { plesk } = await start();
    await plesk.faults.add({
      fault: 'errcode',
      errcode: 1023,
      operation: 'server/create_session',
      times: 1,
    });

    const { fault } = await ask(plesk, sessionPacket('carl'), {});

    expect(fault).toMatch(/^1029 /);
    expect(await plesk.faults.list()).toMatchObject([{ seen: 0, fired: 0 }]);
  });

  it('takes the words that the emulator has for an errcode, of its release', async () => {
    const { plesk } = await start();
    const texts: string[] = [];
    for (const errcode of [1001, 1006, 1017, 11003]) {
      await plesk.faults.add({ fault: 'errcode', errcode, on: 'packet' });
      texts.push(String((await ask(plesk, sessionPacket('carl'))).fault));
      await plesk.faults.clear();
    }
    expect(texts).toEqual([
      '1001 You have entered incorrect username or password.',
      '1006 Permission denied.',
      '1017 This feature is not supported for protocol version 1.6.9.1.',
      expect.stringMatching(/^11003 \w+/),
    ]);
  });
});
