import { request } from 'node:http';
import { expect, it } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import { DEMO, start } from '../support/emulator.ts';
import { credentials, inServer, newToken } from '../support/wire.ts';

const PROTOS = inServer('<get_protos/>');

interface Got {
  readonly status: number | undefined;
  readonly reason: string;
  readonly location: string;
  readonly body: string;
}

/** Sends a path as it is: `fetch` would not. */
function send(plesk: Emulator, path: string, packet?: string): Promise<Got> {
  const method = packet === undefined ? 'GET' : 'POST';
  const headers = packet === undefined ? {} : credentials(DEMO.admin);
  return new Promise((resolve, reject) => {
    request(
      { hostname: '127.0.0.1', port: new URL(plesk.url).port, path, method, headers, agent: false },
      (response) => {
        let body = '';
        response.setEncoding('utf8').on('data', (text: string) => (body += text));
        response.on('end', () => {
          const { location = '', 'emulator-reason': reason = '' } = response.headers;
          resolve({
            status: response.statusCode,
            location,
            body,
            reason: decodeURIComponent(String(reason)),
          });
        });
      },
    )
      .on('error', reject)
      .end(packet);
  });
}

it.each([
  '//enterprise/control/agent.php',
  '/enterprise//control///agent.php',
  '/enterprise/control/agent.php/',
  '//enterprise/control/agent.php/more/of/it',
  '/enterprise/control/agent.php//?a=b',
])('answers a packet that is posted to %s', async (path) => {
  const { plesk } = await start();

  const { body } = await send(plesk, path, PROTOS);
  const [entry] = await plesk.journal.packets();

  expect(body).toContain('<status>ok</status>');
  expect(entry).toMatchObject({ path: '/enterprise/control/agent.php', outcome: 'answered' });
});

it.each(['//login_up.php3', '//login_up.php', '/login_up.php/', '/login_up.php//x.php3'])(
  'shows the login form at %s',
  async (path) => {
    const { plesk } = await start();

    const { status, body } = await send(plesk, path);

    expect(status).toBe(200);
    expect(body).toContain('login_name');
  },
);

it('opens a token at //enterprise//rsession_init.php', async () => {
  const { plesk } = await start();
  const token = await newToken(plesk);

  const { location } = await send(plesk, `//enterprise//rsession_init.php?PLESKSESSID=${token}`);

  expect(location).toBe(`${plesk.url}/smb/`);
});

it.each(['//smb/', '//admin//', '//smb//web/view'])(
  'sends %s to the login page as its path with one slash',
  async (path) => {
    const { plesk } = await start();

    const { status, location } = await send(plesk, path);

    expect(status).toBe(303);
    expect(new URL(location).searchParams.get('success_redirect_url')).toBe(path.replace(/\/+/g, '/'));
  },
);

it('keeps the slashes of a query', async () => {
  const { plesk } = await start();

  const { location } = await send(plesk, '//login.php?success_redirect_url=http://a//b');

  expect(location).toBe(`${plesk.url}/login_up.php?success_redirect_url=http://a//b`);
});

it.each(['//_emulator/health', '//_emulator//health', '/x/..//_emulator/health'])(
  'does not lead from %s to the control',
  async (path) => {
    const { plesk } = await start();

    expect((await send(plesk, path)).status).toBe(404);
  },
);

it('does not merge slashes below /_emulator/', async () => {
  const { plesk } = await start();

  expect((await send(plesk, '/_emulator/health')).status).toBe(200);
  expect((await send(plesk, '/_emulator//health')).status).toBe(404);
});

it.each([
  ['/enterprise/control/agent', '/enterprise/control/agent.php'],
  ['/enterprise/control/Agent.php', '/enterprise/control/agent.php'],
  ['/enterprise/rsession-init.php', '/enterprise/rsession_init.php'],
  ['/loginup.php', '/login_up.php'],
  ['/logout', '/logout.php'],
  ['/smb.', '/smb/'],
  ['/what-is-this', 'the paths here are'],
])('names for %s the path that is near, in header, log and journal alike', async (path, near) => {
  const { plesk, lines } = await start();

  const { status, reason } = await send(plesk, path);
  const [entry] = await plesk.journal.find();

  expect(status).toBe(404);
  expect(reason).toContain(near);
  expect(entry).toMatchObject({ outcome: 'not found', reason });
  expect(lines.join('\n')).toContain(reason);
});

it('says nothing of a path of 10,000 characters but that it is unknown', async () => {
  const { plesk } = await start();

  expect((await send(plesk, `/${'x'.repeat(10_000)}`)).reason).toMatch(/^there is no such page/);
});
