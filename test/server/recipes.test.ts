import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import { start } from '../support/emulator.ts';
import { CARL, postForm } from '../support/login-form.ts';
import { outsideOfVitest, projectOf, vitestScript } from '../support/recipes.ts';
import type { Ran } from '../support/tools.ts';
import { run, whyNoPhp, whyNoTool } from '../support/tools.ts';

const TIMEOUT = 90_000;
const PAGE = 'testing.md';

/** Runs what a page shows in its project. */
const runIn = (
  cwd: string,
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<Ran> => run(program, args, { cwd, timeout: 60_000, env: { ...outsideOfVitest(), ...env } });

it('vitest: its recipes run', { timeout: TIMEOUT }, async () => {
  const { plesk } = await start();
  await use(plesk);
  const project = await projectOf(PAGE, 'billing.js', 'vitest-own.test.js', 'vitest-running.test.js');
  const args = [vitestScript(), 'run', '--root', project, '--no-color'];

  const { code, stdout, stderr } = await runIn(project, process.execPath, args, { PLESK_URL: plesk.url });

  expect(stdout + stderr).toMatch(/Tests {2}4 passed \(4\)/);
  expect(code).toBe(0);
  expect((await plesk.accounts.list()).map(({ login }) => login)).not.toContain('mia');
});

it('node:test: its recipe runs', { timeout: TIMEOUT }, async () => {
  const project = await projectOf(PAGE, 'billing.js', 'node.test.js');

  const { code, stdout, stderr } = await runIn(project, process.execPath, ['--test', '--test-reporter=tap']);

  expect(stdout + stderr).toMatch(/^# pass 2$/m);
  expect(code).toBe(0);
});

it('node:test: an emulator is closed, or does not keep the process alive', { timeout: TIMEOUT }, async () => {
  const project = await projectOf(PAGE, 'closing.test.js');

  const { code, stdout, stderr } = await runIn(project, process.execPath, ['--test', '--test-reporter=tap']);

  expect(stdout + stderr).toMatch(/^# pass 2$/m);
  expect(code).toBe(0);
});

it('Jest: its recipe runs', { timeout: TIMEOUT }, async () => {
  const project = await projectOf(PAGE, 'billing.js', 'jest.test.js');
  const args = [
    createRequire(import.meta.url).resolve('jest/bin/jest'),
    '--transform',
    '{}',
    '--rootDir',
    project,
  ];

  const { code, stdout, stderr } = await runIn(project, process.execPath, args, {
    NODE_OPTIONS: '--experimental-vm-modules',
  });

  expect(stdout + stderr).toMatch(/Tests: +2 passed, 2 total/);
  expect(code).toBe(0);
});

/** What others have done on a running emulator: a recipe has to be green on it nevertheless. */
async function use(plesk: Emulator): Promise<void> {
  for (let times = 0; times < 3; times += 1) await postForm(plesk, CARL);
  for (const { id } of await plesk.sessions.list()) await plesk.sessions.end(id);
}

it('CommonJS: require works in node:test and in plain Node', { timeout: TIMEOUT }, async () => {
  const project = await projectOf(PAGE, 'commonjs.test.cjs');

  const tested = await runIn(project, process.execPath, ['--test', '--test-reporter=tap']);
  const plain = await runIn(project, process.execPath, [
    '--input-type=commonjs',
    '--eval',
    "console.log(typeof require('plesk-emulator').startEmulator)",
  ]);

  expect(tested.stdout + tested.stderr).toMatch(/^# pass 1$/m);
  expect([tested.code, plain.code, plain.stdout]).toEqual([0, 0, 'function\n']);
});

it(
  'CommonJS: Jest imports it with a flag of Node, and not in its default mode',
  { timeout: TIMEOUT },
  async () => {
    const project = await projectOf(PAGE, 'jest-commonjs.test.cjs');
    const jest = createRequire(import.meta.url).resolve('jest/bin/jest');
    const args = [jest, '--rootDir', project, '--testMatch', '**/*.test.cjs'];
    const file = join(project, 'jest-commonjs.test.cjs');
    const required = readFileSync(file, 'utf8').replace('await import(', 'require(');

    const imported = await runIn(project, process.execPath, args, {
      NODE_OPTIONS: '--experimental-vm-modules',
    });
    const inDefaultMode = await runIn(project, process.execPath, args);
    writeFileSync(file, required);
    const requiredInDefaultMode = await runIn(project, process.execPath, args);

    expect(imported.stdout + imported.stderr).toMatch(/Tests: +1 passed, 1 total/);
    for (const failed of [inDefaultMode, requiredInDefaultMode])
      expect(failed).toMatchObject({ code: 1, stderr: expect.stringContaining('1 failed') as string });
  },
);

const noPhpUnit = whyNoPhp('json') ?? whyNoTool('phpunit', '--version');

it.skipIf(noPhpUnit !== undefined)(
  `PHPUnit: its recipe runs${noPhpUnit === undefined ? '' : ` (skipped: ${noPhpUnit})`}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start();
    await use(plesk);
    const project = await projectOf(PAGE, 'LoginTest.php');
    const args = ['--do-not-cache-result', 'LoginTest.php'];

    const { code, stdout, stderr } = await runIn(project, 'phpunit', args, { PLESK_URL: plesk.url });

    expect(stdout + stderr).toContain('OK (2 tests');
    expect(code).toBe(0);
    expect(await plesk.sessions.list()).toEqual([]);
  },
);

const noPytest = whyNoTool('pytest', '--version');

it.skipIf(noPytest !== undefined)(
  `pytest: its recipe runs${noPytest === undefined ? '' : ` (skipped: ${noPytest})`}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start();
    await use(plesk);
    const project = await projectOf(PAGE, 'test_login.py');
    const args = ['-p', 'no:cacheprovider', 'test_login.py'];

    const { code, stdout, stderr } = await runIn(project, 'pytest', args, { PLESK_URL: plesk.url });

    expect(stdout + stderr).toContain('2 passed');
    expect(code).toBe(0);
    expect(await plesk.sessions.list()).toEqual([]);
  },
);
