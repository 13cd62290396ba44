import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { flagOf, variableOf } from '../../base/settings.ts';
import { PREFIX, SETTINGS } from '../../server/settings.ts';
import type { Program } from '../support/program.ts';
import { runProgram, startProgram } from '../support/program.ts';

const READY = /^Ready (http:\/\/\S+)$/m;
const hasCurl = spawnSync('curl', ['--version']).error === undefined;

/** Starts the program, and answers what it printed until it was ready, and its URL. */
async function started(
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<{ readonly program: Program; readonly printed: string; readonly url: string }> {
  const program = startProgram(['--http-port', '0', '--https-port', '0', ...args], env);
  const printed = await program.printed(READY);
  return { program, printed, url: READY.exec(printed)?.[1] ?? '' };
}

it('says what it is, where it listens, how to log in, and that it is ready, on the loopback alone', async () => {
  const { printed, url } = await started();

  expect(url).toMatch(/^http:\/\/127\.0\.0\.1:[1-9]\d*$/);
  expect(printed).toMatch(
    /^plesk-emulator \d+\.\d+\.\d+ as Plesk Obsidian 18\.0\.\d+ \(packet version 1\.6\.9\.1\)/,
  );
  expect(printed).toMatch(/test double, no Plesk product/);
  expect(printed).toContain(`${url}/enterprise/control/agent.php`);
  expect(printed).toMatch(/^ *Login +admin$/m);
  expect(printed).toMatch(/^ *Password +changeme1Q\*\*$/m);
  expect((await fetch(url, { redirect: 'manual' })).status).toBe(303);
});

it.skipIf(!hasCurl).each([
  ['by default', [], undefined],
  ['on all addresses', ['--host', '0.0.0.0'], undefined],
  [
    'with a password that a shell would take apart',
    ['--credential-rules', 'any'],
    `it's "$HOME" \`x\` \\n & <é>; #`,
  ],
])(
  `prints one line of curl that makes a session, %s${hasCurl ? '' : ' (skipped: curl is not installed)'}`,
  async (_case, args, password) => {
    const seed = password === undefined ? [] : ['--seed', seedWith(password)];
    const { printed, url } = await started([...args, ...seed]);
    const lines = printed.split('\n').filter((line) => line.startsWith('curl '));
    expect(lines).toHaveLength(1);

    const ran = spawnSync('sh', ['-c', lines[0] ?? ''], { encoding: 'utf8' });

    expect(ran).toMatchObject({ status: 0, stderr: '' });
    expect(ran.stdout).toMatch(
      /^http:\/\/127\.0\.0\.1:\d+\/enterprise\/rsession_init\.php\?PLESKSESSID=[\da-f]{32}\n$/,
    );
    const door = await fetch(ran.stdout.trim(), { redirect: 'manual' });
    expect(door.headers.get('location')).toBe(`${url}/admin/`);
    expect(door.headers.getSetCookie()[0]).toContain(ran.stdout.slice(-33, -1));
  },
);

it.each([
  ['SIGTERM', 0],
  ['SIGINT', 130],
] as const)('ends soon after %s, though connections are open', async (signal, code) => {
  const { program, url } = await started();
  const slow = connect(Number(new URL(url).port), '127.0.0.1');
  slow.on('error', () => undefined);
  slow.write('POST /enterprise/control/agent.php HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n');
  onTestFinished(() => void slow.destroy());
  // Its connection stays open, as that of every client with keep-alive.
  await (await fetch(url, { redirect: 'manual' })).text();
  const sent = performance.now();

  program.kill(signal);

  expect(await program.ended).toMatchObject({ code, signal: null, stderr: '' });
  expect(performance.now() - sent).toBeLessThan(2000);
});

it('ends with words and 1 where its port is in use', async () => {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  const { port } = server.address() as AddressInfo;

  const byFlag = await runProgram(['--http-port', String(port), '--no-https']);
  const byVariable = await runProgram(['--no-https'], { PLESK_EMULATOR_HTTP_PORT: String(port) });

  for (const ended of [byFlag, byVariable]) expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(byFlag.stderr).toBe(
    `plesk-emulator: --http-port ${port} is in use by another program; use --http-port N, or 0 for any free port\n`,
  );
  expect(byVariable.stderr).toContain('use PLESK_EMULATOR_HTTP_PORT=N');
});

it('ends with 2 and every wrong setting named, before it listens', async () => {
  const ended = await runProgram(['--plesk', '3', '--nope'], { PLESK_EMULATOR_LOGIN_TIMEOUT: 'x' });

  expect(ended).toMatchObject({ code: 2, stdout: '' });
  for (const name of ['--plesk', '--nope', 'PLESK_EMULATOR_LOGIN_TIMEOUT'])
    expect(ended.stderr).toContain(name);
});

it('ends with 2 and every wrong field of a seed named', async () => {
  const file = seedWith('');

  const ended = await runProgram(['--http-port', '0', '--no-https', '--seed', file]);

  expect(ended).toMatchObject({ code: 2, stdout: '' });
  expect(ended.stderr).toContain('accounts.0.password');
});

it('takes settings from the environment, and flags first', async () => {
  const { printed } = await started(['--plesk', '12.5'], {
    PLESK_EMULATOR_PLESK: '12.0',
    PLESK_EMULATOR_HTTP_PORT: '1',
    PLESK_EMULATOR_SEED: 'demo',
  });

  expect(printed).toContain('as Plesk 12.5.30 (packet version 1.6.7.0)');
});

it('explains every setting with --help', async () => {
  const { code, stdout, stderr } = await runProgram(['--help']);

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  for (const name of [...Object.keys(SETTINGS), 'log', 'help', 'version']) {
    expect(stdout).toMatch(new RegExp(`^ +--(\\[no-\\])?${flagOf(name)} `, 'm'));
  }
  expect(stdout).toContain(variableOf(PREFIX, 'httpPort'));
});

it('prints the version of the package with --version', async () => {
  const file = new URL('../../package.json', import.meta.url);
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { readonly version: string };

  expect(await runProgram(['--version'])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
});

/** The name of a file with this password for the administrator. */
function seedWith(password: string): string {
  const folder = mkdtempSync(join(tmpdir(), 'cli-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const file = join(folder, 'seed.json');
  writeFileSync(file, JSON.stringify({ accounts: [{ login: 'admin', password, role: 'admin' }] }));
  return file;
}

it.each(['-v', '-V', '--version'])('prints its version for %s', async (flag) => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };

  expect(await runProgram([flag])).toMatchObject({ code: 0, stdout: `${version}\n`, stderr: '' });
});

it('emulates the nearest release at or below a version, and says so', async () => {
  const program = startProgram(['--http-port', '0', '--no-https', '--plesk', '18.0.60']);

  const printed = await program.printed(/^Ready \S+$/m);

  expect(printed).toContain('as Plesk Obsidian 18.0.33');
  expect(printed).toContain('Emulates 18.0 for 18.0.60');
});

it('names the seed that is like the one that does not exist', async () => {
  const { code, stderr } = await runProgram(['--seed', 'damo']);

  expect(code).toBe(2);
  expect(stderr).toContain('do you mean demo?');
});

it.each([
  [['--no-color'], { FORCE_COLOR: '1' }, false],
  [[], { FORCE_COLOR: '1' }, true],
  [[], { NO_COLOR: '1', FORCE_COLOR: '0' }, false],
] as const)('prints in color by option and variables: %j, %j: %s', async (args, env, isColored) => {
  const program = startProgram(['--http-port', '0', '--no-https', ...args], env);
  const [, url = ''] = /^Ready (\S+)$/m.exec(await program.printed(/^Ready \S+$/m)) ?? [];
  await fetch(`${url}/enterprise/control/agent.php`, { method: 'POST', body: '<packet/>' });
  program.kill('SIGTERM');

  const { stdout } = await program.ended;

  expect(stdout.includes('\u001b[')).toBe(isColored);
});
