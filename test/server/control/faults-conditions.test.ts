import { describe, expect, it } from 'vitest';
import { ask } from '../../support/agent.ts';
import { browse, doorUrl } from '../../support/browse.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { DEMO } from '../../support/emulator.ts';
import { credentials, inServer, sessionPacket } from '../../support/wire.ts';

const GONE = { fault: 'status', status: 502 } as const;
const KEYS = '<packet><secret_key><get_info><filter/></get_info></secret_key></packet>';
const OWN_SESSIONS = '<packet><session><get/></session></packet>';

const agentStatus = async (
  { url }: { readonly url: string },
  packet: string,
  headers: Readonly<Record<string, string>>,
  localAddress = '127.0.0.1',
): Promise<number> => {
  const answered = await browse(`${url}/enterprise/control/agent.php`, {
    form: packet,
    headers: { 'Content-Type': 'text/xml', ...headers },
    localAddress,
  });
  return answered.status;
};

describe.each(BOTH_WAYS)('when faults fire, %s', (_way, start) => {
  it('fires on an operation, or on all of an operator, and on no browser', async () => {
    const { plesk } = await start();
    const headers = credentials(plesk.admin);
    await plesk.faults.add({ ...GONE, operation: 'secret_key/*' });
    await plesk.faults.add({ ...GONE, operation: 'server/create_session' });

    expect(await agentStatus(plesk, KEYS, headers)).toBe(502);
    expect(await agentStatus(plesk, sessionPacket('carl'), headers)).toBe(502);
    expect(await agentStatus(plesk, inServer('<get_protos/>'), headers)).toBe(200);
    expect(await agentStatus(plesk, '<packet><secret_key><create>', headers)).toBe(200);
    expect((await browse(`${plesk.url}/login_up.php`)).status).toBe(200);
  });

  it('fires on what an account asks for, by password or by secret key', async () => {
    const { plesk } = await start();
    const { key } = await plesk.secretKeys.add({ login: 'rita' });
    const admins = await plesk.secretKeys.add();
    await plesk.faults.add({ ...GONE, login: 'rita' });

    expect(await agentStatus(plesk, OWN_SESSIONS, credentials(DEMO.rita))).toBe(502);
    expect(await agentStatus(plesk, OWN_SESSIONS, { KEY: key })).toBe(502);
    expect(await agentStatus(plesk, OWN_SESSIONS, { KEY: admins.key })).toBe(200);
    expect(await agentStatus(plesk, OWN_SESSIONS, credentials(plesk.admin))).toBe(200);
  });

  it('fires on what comes from an address', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ ...GONE, peer: '::ffff:127.0.0.2' });
    const headers = credentials(plesk.admin);

    expect(await plesk.faults.list()).toMatchObject([{ peer: '127.0.0.2' }]);
    expect(await agentStatus(plesk, OWN_SESSIONS, headers, '127.0.0.2')).toBe(502);
    expect(await agentStatus(plesk, OWN_SESSIONS, headers, '127.0.0.1')).toBe(200);
  });

  it('fires on a path, and on all that begin as one with an asterisk', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ ...GONE, path: '/login_up.php' });
    await plesk.faults.add({ fault: 'status', status: 503, path: '/enterprise/*' });

    expect((await browse(`${plesk.url}/login_up.php?x=1`)).status).toBe(502);
    expect((await browse(`${plesk.url}/login_up.php3`)).status).toBe(200);
    expect((await browse(doorUrl(plesk.url, { PLESKSESSID: 'a' }))).status).toBe(503);
    expect(await agentStatus(plesk, OWN_SESSIONS, credentials(plesk.admin))).toBe(503);
  });

  it('wants all conditions to hold', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ ...GONE, login: 'rita', operation: 'session/get', peer: '127.0.0.1' });

    expect(await agentStatus(plesk, OWN_SESSIONS, credentials(DEMO.rita))).toBe(502);
    expect(await agentStatus(plesk, OWN_SESSIONS, credentials(DEMO.rita), '127.0.0.2')).toBe(200);
    expect(await agentStatus(plesk, OWN_SESSIONS, credentials(plesk.admin))).toBe(200);
    expect(await agentStatus(plesk, inServer('<get_protos/>'), credentials(DEMO.rita))).toBe(200);
  });

  it('lets so many pass first, fires so often, and counts both', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ ...GONE, after: 1, times: 2 });
    const statuses: number[] = [];
    for (let sent = 0; sent < 5; sent += 1)
      statuses.push(await agentStatus(plesk, OWN_SESSIONS, credentials(plesk.admin)));

    expect(statuses).toEqual([200, 502, 502, 200, 200]);
    expect(await plesk.faults.list()).toEqual([
      { id: 'fault-1', ...GONE, after: 1, times: 2, seen: 5, fired: 2 },
    ]);
  });

  it('lets the first rule that is due answer, an operation counting as much as the whole', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'errcode', errcode: 1023, operation: 'session/get', times: 1 });
    await plesk.faults.add({ ...GONE, times: 1 });
    await plesk.faults.add({ fault: 'status', status: 503, times: 1 });
    const answers: string[] = [];
    for (let sent = 0; sent < 4; sent += 1) {
      const { body } = await ask(plesk, OWN_SESSIONS);
      answers.push(/<errcode>\d+|\d{3} \w+|<status>ok/.exec(body)?.[0] ?? body);
    }

    expect(answers).toEqual(['<errcode>1023', '502 Bad', '503 Service', '<status>ok']);
  });

  it('fires on everything of Plesk without a condition, and never on the control', async () => {
    const { plesk } = await start();
    await plesk.faults.add(GONE);

    for (const path of [
      '/',
      '/login.php',
      '/login_up.php3',
      '/logout.php',
      '/smb/web/view',
      '/admin/',
      '/enterprise/rsession_init.php',
      '/enterprise/control/agent.php',
    ])
      expect([path, (await browse(`${plesk.url}${path}`)).status]).toEqual([path, 502]);
    for (const path of ['/health', '/rules', '/faults'])
      expect((await browse(`${plesk.url}/_emulator${path}`)).status).toBe(200);
  });
});
