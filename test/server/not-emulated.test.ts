import { expect, it } from 'vitest';
import { DEMO, start } from '../support/emulator.ts';
import { credentials } from '../support/wire.ts';

const upload = (): FormData => {
  const form = new FormData();
  form.set('file', new Blob(['one']), 'one.txt');
  return form;
};

const CALLS: readonly (readonly [what: string, path: string, init: () => RequestInit])[] = [
  ['GET /api/v2/server', '/api/v2/server', () => ({})],
  ['GET /api/v2', '/api/v2', () => ({})],
  ['DELETE /api/v2/clients/3', '//api/v2/clients/3', () => ({ method: 'DELETE' })],
  [
    'POST /api/v2/cli/admin/call',
    '/api/v2/cli/admin/call',
    () => ({ method: 'POST', body: '{"params":[]}' }),
  ],
  ['GET /login?secret=..', '/login?secret=topsecret', () => ({})],
  [
    'POST /enterprise/control/agent.php',
    '/enterprise/control/agent.php',
    () => ({ method: 'POST', body: upload(), headers: credentials(DEMO.admin) }),
  ],
];

it.each(CALLS)(
  'says of %s that it is not emulated, to the client, in log and journal',
  async (what, path, init) => {
    const { plesk, lines } = await start();

    const response = await fetch(plesk.url + path, init());
    const answer: unknown = await response.json();
    const reason = decodeURIComponent(response.headers.get('Emulator-Reason') ?? '');
    const [entry] = await plesk.journal.find({ isUnexpected: true });

    expect(response.status).toBe(404);
    expect(response.headers.get('Content-Type')).toBe('application/json');
    expect(reason).toMatch(/ is not emulated$/);
    expect(reason.startsWith(what)).toBe(true);
    expect(answer).toEqual({ code: 404, message: reason });
    expect(entry).toMatchObject({ isUnexpected: true, status: 404, reason });
    expect(entry?.help).not.toEqual([]);
    expect(lines.join('\n')).toContain(reason);
    expect(JSON.stringify(entry) + lines.join()).not.toContain('topsecret');
  },
);

it.each(CALLS)("fails with unexpected: 'fail' on %s", async (what, path, init) => {
  const { plesk } = await start({ unexpected: 'fail' });

  await (await fetch(plesk.url + path, init())).text();

  await expect(plesk.verify()).rejects.toThrow(what);
  await plesk.reset();
});

it.each(['12.0', '17.5'] as const)(
  'has no page at /api/v2 on %s, and says from when on there is one',
  async (release) => {
    const { plesk } = await start({ plesk: release, unexpected: 'fail' });

    const response = await fetch(`${plesk.url}/api/v2/server`);

    expect(response.status).toBe(404);
    expect(response.headers.get('Content-Type')).toMatch(/^text\/html/);
    expect(response.headers.get('Emulator-Reason')).toMatch(/has no REST API; 17\.8 and 18\.0/);
    await plesk.verify();
  },
);

it.each(['/login', '/api/v1/server', '/api/v22'])(
  'does not take %s for a call that Plesk has',
  async (path) => {
    const { plesk } = await start();

    const response = await fetch(plesk.url + path);

    expect(response.headers.get('Content-Type')).toMatch(/^text\/html/);
    expect(await plesk.journal.find({ isUnexpected: true })).toEqual([]);
  },
);
