import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { health } from '../../server/commands/health.ts';
import { runDirectories, runningUrls } from '../../server/commands/run-files.ts';
import { runProgram, startProgram } from '../support/program.ts';
import { folder } from '../support/tools.ts';

const START = ['--no-https', '--log', 'off'];

async function readyIn(runDir: string, args: readonly string[] = ['--http-port', '0'], env = {}) {
  const program = startProgram([...START, ...args], { PLESK_EMULATOR_RUN_DIR: runDir, ...env });
  const [, url = ''] = /^Ready (\S+)$/m.exec(await program.printed(/^Ready \S+$/m)) ?? [];
  return { program, url };
}

describe('the port of a running program', () => {
  it.each<[string, readonly string[], Readonly<Record<string, string>>]>([
    ['a flag', ['--http-port', '0'], {}],
    ['the environment', [], { PLESK_EMULATOR_HTTP_PORT: '0' }],
    ['a flag on all addresses', ['--http-port', '0', '--host', '0.0.0.0'], { PLESK_EMULATOR_HTTP_PORT: '1' }],
  ])('is found by health and wait, set by %s', async (_what, args, env) => {
    const runDir = folder('run');
    const { program, url } = await readyIn(runDir, args, env);

    const inDir = { PLESK_EMULATOR_RUN_DIR: runDir, ...env };
    const [asked, waited] = await Promise.all([runProgram(['health'], inDir), runProgram(['wait'], inDir)]);

    expect(asked).toMatchObject({ code: 0, stderr: '' });
    expect(waited.stdout).toMatch(`${url} is ready`);
    program.kill('SIGTERM');
    await program.ended;
    expect(readdirSync(runDir)).toEqual([]);
  });

  it('is found by a wait that began before the program', async () => {
    const runDir = folder('run');
    const waiting = runProgram(['wait', '--timeout', '20s'], {
      PLESK_EMULATOR_RUN_DIR: runDir,
      PLESK_EMULATOR_HTTP_PORT: '1',
    });

    const { url } = await readyIn(runDir);

    expect((await waiting).stdout).toMatch(`${url} is ready`);
  });

  it('is asked for where several programs run', async () => {
    const runDir = folder('run');
    const [one, other] = await Promise.all([readyIn(runDir), readyIn(runDir)]);
    const env = { PLESK_EMULATOR_RUN_DIR: runDir };

    await expect(health({ args: ['--run-dir', runDir], env: {} })).rejects.toThrow('--url');
    const port = new URL(other.url).port;
    expect(await runProgram(['health'], { ...env, PLESK_EMULATOR_HTTP_PORT: port })).toMatchObject({
      code: 0,
    });
    one.program.kill('SIGKILL');
    await one.program.ended;
    expect(runningUrls([runDir])).toEqual([other.url]);
    expect(readdirSync(runDir)).toHaveLength(1);
  });

  it('is no secret that a program needs: it starts where no directory can be written', async () => {
    const { program } = await readyIn('/proc/none');
    program.kill('SIGTERM');
    expect(await program.ended).toMatchObject({ code: 0 });
  });
});

it.skipIf(process.getuid === undefined)('trusts no directory that others can write', () => {
  const runDir = join(folder('run'), 'shared');
  mkdirSync(runDir);
  writeFileSync(
    join(runDir, `${hostname()}-${process.pid}.json`),
    JSON.stringify({ pid: process.pid, url: 'http://127.0.0.1:1' }),
  );
  expect(runningUrls([runDir])).toEqual(['http://127.0.0.1:1']);

  chmodSync(runDir, 0o777);

  expect(runningUrls([runDir])).toEqual([]);
});

it('has a place in containers whose file system is read-only', () => {
  expect(runDirectories(undefined, {}).at(-1)).toMatch(/^.dev.shm.plesk-emulator-/);
  expect(runDirectories(undefined, { XDG_RUNTIME_DIR: '/run/user/1000' })[0]).toMatch(
    /^.run.user.1000.plesk-emulator-/,
  );
});
