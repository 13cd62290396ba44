import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browse, NAVIGATION, sentBack } from '../support/browse.ts';
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

const START = [process.execPath, 'scripts/start.js'];
const argsFor = (): readonly string[] => ['--programs', bins, '--http-port', '0', '--https-port', '0'];

/** What `npm start` runs after the build, on ports of its own. */
function start(...args: readonly string[]): Program {
  return startProgram([...argsFor(), ...args], { PLESK_SSO_PORT: '0', PLESK_SSO_METRICS_PORT: '0' }, START);
}

/** In every page of the panel while carl is logged in. */
const USER = 'data-plesk-user="carl"';

const noCurl = whyNoTool('curl', '--version');

it.skipIf(noCurl !== undefined).each([
  ['as the newest release', [], 303],
  ['as 12.0', ['--plesk', '12.0'], 302],
])(
  `npm start runs both programs and prints a command that makes a link, %s${noCurl ?? ''}`,
  async (_case, args, status) => {
    const program = start(...args);
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
    const panel = await browse(door.location ?? '', { cookie: sentBack(door) });
    expect(panel).toMatchObject({ status: 200, body: expect.stringContaining(USER) as string });
    expect((await browse(made.stdout.trim(), { headers: NAVIGATION })).status).toBe(410);
    program.kill('SIGTERM');
    expect(await program.ended).toMatchObject({ code: 0 });
  },
);

it.each(['PLESK_SSO_PORT', 'PLESK_SSO_METRICS_PORT'])(
  'says that a port is in use before the banner, and starts nothing: %s',
  async (variable) => {
    const port = await freePort();
    const taken = createServer().listen(port, '127.0.0.1');
    const env = { PLESK_SSO_PORT: '0', PLESK_SSO_METRICS_PORT: '0', [variable]: String(port) };

    const ended = await startProgram(argsFor(), env, START).ended;

    taken.close();
    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toContain(`port ${port} is in use by another program`);
    expect(ended.stderr).toContain(`${variable}=N`);
  },
);

it('names the option of a port of the emulator that is in use, without a banner', async () => {
  const port = await freePort();
  const taken = createServer().listen(port, '127.0.0.1');
  const env = { PLESK_SSO_PORT: '0', PLESK_SSO_METRICS_PORT: '0' };

  const args = ['--programs', bins, '--no-https', '--http-port', String(port)];
  const ended = await startProgram(args, env, START).ended;

  taken.close();
  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toContain(`--http-port ${port} is in use by another program`);
});

it('ends both programs with words where the second cannot start', async () => {
  const env = { PLESK_SSO_PORT: '0', PLESK_SSO_METRICS_PORT: '0', PLESK_SSO_TTL: '600' };

  const ended = await startProgram(argsFor(), env, START).ended;

  expect(ended.code).toBe(2);
  expect(ended.stderr).toContain('PLESK_SSO_TTL');
});

it('starts where the log of the emulator is JSON, with the banner on standard error', async () => {
  const program = start('--log', 'json');

  await program.printed(/^curl .*CreateClientSsoToken.*$/m);
  program.kill('SIGTERM');

  const { code, stdout, stderr } = await program.ended;
  expect({ code, hasBanner: stdout.includes('XML API') }).toEqual({ code: 0, hasBanner: false });
  expect(stderr).toContain('XML API');
});
