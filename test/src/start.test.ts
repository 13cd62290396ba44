import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browse, NAVIGATION } from '../support/browse.ts';
import type { Program } from '../support/program.ts';
import { startProgram } from '../support/program.ts';
import { run, whyNoTool } from '../support/tools.ts';

/** Where the programs are built; inside the project, since they look for the seeds in its package. */
let bins = '';

beforeAll(() => {
  mkdirSync('.vitest', { recursive: true });
  bins = mkdtempSync(resolve('.vitest/start-'));
  execFileSync(process.execPath, ['scripts/build.js', '--quiet', '--bin-only', bins]);
}, 60_000);

afterAll(() => {
  rmSync(bins, { recursive: true, force: true });
});

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const { port } = server.address() as AddressInfo;
  await new Promise((done) => server.close(done));
  return port;
}

/** What `npm start` runs after the build, on ports of its own. */
async function start(...args: readonly string[]): Promise<Program> {
  const ports = ['--http-port', '0', '--https-port', '0'];
  const env = { PLESK_SSO_PORT: String(await freePort()), PLESK_SSO_METRICS_PORT: '0' };
  const command = [process.execPath, 'scripts/start.js', '--programs', bins];
  return startProgram([...ports, ...args], env, command);
}

const noCurl = whyNoTool('curl', '--version');

it.skipIf(noCurl !== undefined).each([
  ['as the newest release', [], 303],
  ['as 12.0', ['--plesk', '12.0'], 302],
])(
  `npm start runs both programs and prints a command that makes a link, %s${noCurl ?? ''}`,
  async (_case, args, status) => {
    const program = await start(...args);
    const printed = await program.printed(/^curl .*CreateClientSsoToken.*$/m);
    const commands = printed.split('\n').filter((line) => line.startsWith('curl '));
    expect(commands).toHaveLength(2);

    const made = await run('sh', ['-c', commands[1] ?? '']);

    expect(made).toMatchObject({ code: 0, stderr: '' });
    expect(made.stdout).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/sign-in\?sso_token=psso_[\w-]{49}\n$/);
    const opened = await browse(made.stdout.trim(), { headers: NAVIGATION });
    expect(opened.status).toBe(303);
    const door = await browse(opened.location ?? '');
    expect(door.status).toBe(status);
    expect((await browse(door.location ?? '')).body).toContain('<code>/services</code>');
    expect((await browse(made.stdout.trim(), { headers: NAVIGATION })).status).toBe(410);
    program.kill('SIGTERM');
    expect(await program.ended).toMatchObject({ code: 0 });
  },
);

it('ends with words and both programs where one cannot start', async () => {
  const port = await freePort();
  const taken = createServer().listen(port, '127.0.0.1');

  const env = { PLESK_SSO_PORT: String(port), PLESK_SSO_METRICS_PORT: '0' };
  const args = ['--programs', bins, '--http-port', '0', '--https-port', '0'];
  const ended = await startProgram(args, env, [process.execPath, 'scripts/start.js']).ended;

  taken.close();
  expect(ended.code).toBe(1);
  expect(ended.stderr).toMatch(
    new RegExp(`^plesk-sso: cannot listen on port ${port} of 127\\.0\\.0\\.1`, 'm'),
  );
});
