import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { outsideOfVitest, projectOf, vitestScript } from '../support/recipes.ts';
import type { Ran } from '../support/tools.ts';
import { run } from '../support/tools.ts';

const TIMEOUT = 90_000;

/** Runs one of the files of test/recipes/fake-timers in a project of its own. */
async function runIn(file: string, args: (project: string) => readonly string[]): Promise<Ran> {
  const project = await projectOf('testing.md');
  for (const name of ['check.js', file])
    copyFileSync(join('test/recipes/fake-timers', name), join(project, name));
  return run(process.execPath, args(project), {
    cwd: project,
    timeout: 60_000,
    env: outsideOfVitest(),
  });
}

it('goes on in real time under the fake timers of vitest', { timeout: TIMEOUT }, async () => {
  const { code, stdout, stderr } = await runIn('vitest.test.js', (project) => [
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
  const { code, stdout, stderr } = await runIn('node.test.js', () => ['--test', '--test-reporter=tap']);

  expect(stdout + stderr).toMatch(/^# pass 2$/m);
  expect(code).toBe(0);
});
