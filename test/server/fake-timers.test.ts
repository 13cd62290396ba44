import { copyFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { outsideOfVitest, projectOf, vitestScript } from '../support/recipes.ts';
import type { Ran } from '../support/tools.ts';
import { run } from '../support/tools.ts';

const TIMEOUT = 90_000;

/** Runs files of test/recipes/fake-timers in a project of its own. */
async function runIn(
  files: readonly string[],
  args: (project: string) => readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> {
  const project = await projectOf('testing.md');
  for (const name of ['check.js', ...files])
    copyFileSync(join('test/recipes/fake-timers', name), join(project, name));
  return run(process.execPath, args(project), {
    cwd: project,
    timeout: 60_000,
    env: { ...outsideOfVitest(), ...env },
  });
}

it('goes on in real time under the fake timers of vitest', { timeout: TIMEOUT }, async () => {
  const { code, stdout, stderr } = await runIn(['vitest.test.js'], (project) => [
    vitestScript(),
    'run',
    '--root',
    project,
    '--no-color',
  ]);

  expect(stdout + stderr).toMatch(/Tests {2}2 passed \(2\)/);
  expect(code).toBe(0);
});

it('goes on in real time under the mock timers of node:test', { timeout: TIMEOUT }, async () => {
  const { code, stdout, stderr } = await runIn(['node.test.js'], () => ['--test', '--test-reporter=tap']);

  expect(stdout + stderr).toMatch(/^# pass 2$/m);
  expect(code).toBe(0);
});

it.each(['modern', 'legacy'])(
  'goes on in real time under the %s fake timers of Jest',
  { timeout: TIMEOUT },
  async (kind) => {
    const fakeTimers = { enableGlobally: true, legacyFakeTimers: kind === 'legacy' };
    const { code, stdout, stderr } = await runIn(
      ['jest-first.test.js', 'jest-later.test.js'],
      (project) => [
        createRequire(import.meta.url).resolve('jest/bin/jest'),
        '--runInBand',
        '--config',
        JSON.stringify({ rootDir: project, transform: {}, fakeTimers }),
      ],
      { NODE_OPTIONS: '--experimental-vm-modules' },
    );

    expect(stdout + stderr).toMatch(/Tests: +2 passed, 2 total/);
    expect(code).toBe(0);
  },
);
