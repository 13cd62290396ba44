import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it } from 'vitest';
import { flagOf, variableOf } from '../../base/settings.ts';
import type { SettingTable } from '../../base/settings.ts';
import { PREFIX, SETTINGS } from '../../server/settings.ts';
import { releaseOf, RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { examplesOf, exchangesOf } from '../support/doc-examples.ts';
import { startWorld } from '../support/doc-world.ts';
import { folder, whyNoPhp, whyNoPython } from '../support/tools.ts';

it.each(examplesOf('console').map((example) => [example.page, example] as const))(
  '%s: what the page shows is what a shell prints',
  async (_page, example) => {
    const { env, here, there } = await startWorld(example);
    for (const { command, prints } of exchangesOf(example)) {
      expect(there(await run('sh', ['-c', here(command)], env))).toBe(prints);
    }
  },
);

it.each(examplesOf('ts').map((example) => [example.page, example.nth, example] as const))(
  '%s: its TypeScript runs, %i',
  async (page, nth, { code }) => {
    const file = join(folder('docs'), 'example.mts');
    const emulator = pathToFileURL(resolve('server/emulator.ts')).href;
    writeFileSync(file, code.replace("'plesk-emulator/emulator'", `'${emulator}'`));
    const { env } = await startWorld({ page, language: 'ts', code, nth });
    expect(await run(process.execPath, ['--import', 'tsx', file], env)).toBe(
      TS_PRINTS[page]?.[nth] ?? 'admin 0\n',
    );
  },
);

/** What each piece of TypeScript of a page prints. */
const TS_PRINTS: Readonly<Record<string, readonly string[]>> = {
  'README.md': ['200 true\n'],
  'docs/accounts.md': ['Tina Tea active 6\n'],
  'docs/clock-and-snapshots.md': ['2026-01-01T10:31:00.000Z carl\n', '6 6\n'],
  'docs/connecting-a-billing-system.md': ['/sign-in\n'],
  'docs/token-service.md': ['303 /enterprise/rsession_init.php\n'],
  'docs/control.md': ["1011 { login: 'dora' }\n", '5 rita\n'],
};

/** What the PHP and the Python of a page print. */
const SCRIPTS_PRINT: Readonly<Record<string, readonly string[]>> = {
  'docs/control.md': ['0 active\n'],
  'docs/connecting-a-billing-system.md': ['/sign-in\n', '43\n'],
};

const phpMissing = whyNoPhp('curl', 'json');

it
  .skipIf(phpMissing !== undefined)
  .each(examplesOf('php').map((example) => [example.page, example] as const))(
  `%s: its PHP runs${phpMissing === undefined ? '' : ` (skipped: ${phpMissing})`}`,
  async (page, example) => {
    const { env } = await startWorld(example);
    const file = join(folder('docs'), 'example.php');
    writeFileSync(file, example.code);

    expect(await run('php', [file], env)).toBe(SCRIPTS_PRINT[page]?.[example.nth] ?? '/sign-in\n');
  },
);

const pythonMissing = whyNoPython();

it
  .skipIf(pythonMissing !== undefined)
  .each(examplesOf('python').map((example) => [example.page, example] as const))(
  `%s: its Python runs${pythonMissing === undefined ? '' : ` (skipped: ${pythonMissing})`}`,
  async (page, example) => {
    const { env } = await startWorld(example);
    const file = join(folder('docs'), 'example.py');
    writeFileSync(file, example.code);

    expect(await run('python3', [file], env)).toBe(SCRIPTS_PRINT[page]?.[example.nth] ?? '');
  },
);

it('describes every option in docs/options.md (vitest -u writes it)', async () => {
  const table: SettingTable = SETTINGS;
  const rows = Object.entries(table).map(([name, { kind, value, says, standard }]) => {
    const flag =
      kind === 'boolean' ? `--${flagOf(name)}, --no-${flagOf(name)}` : `--${flagOf(name)} ${value}`;
    const shown = standard === undefined ? '' : `\`${JSON.stringify(standard)}\``;
    return `| \`${name}\` | \`${flag.replaceAll('|', '\\|')}\` | \`${variableOf(PREFIX, name)}\` | ${shown} | ${says} |`;
  });
  await expect(`# Options

Generated; \`npx vitest run test/server/docs.test.ts -u\` writes it anew.

The name is that of \`startEmulator({ ... })\`; a flag wins over its environment variable. Lists have commas between
their entries. In-process \`https\` is off unless it is given, and \`httpPort\` and \`httpsPort\` are 0, any free port.

| name | flag | variable | default | what |
|---|---|---|---|---|
${rows.join('\n')}

The program also has \`--log pretty|json|off\` (\`PLESK_EMULATOR_LOG\`), \`--[no-]color\`, \`--help\` and \`--version\`. \`startEmulator\` also
takes: \`seed\` as an object, \`clock\` (\`{ now(): number }\`, milliseconds), \`ids\` (\`{ hex32(): string }\`), \`log\` (\`isOn\`, \`info\`,
\`warn\`, \`error\`), and \`listen: false\` for an emulator without a port.
`).toMatchFileSnapshot('../../docs/options.md');
});

it('has every release in the table of docs/releases.md as it is emulated', async () => {
  const page = (await readFile('docs/releases.md', 'utf8')).replace(/ +/g, ' ');
  for (const name of RELEASE_NAMES) {
    const { protocol, cookies, login, redirectStatus } = releaseOf(name);
    const cookie = [...new Set([cookies.secure, cookies.plain])].map((one) => `\`${one}\``).join(' / ');
    expect(page).toContain(`| ${name} | ${protocol} | ${cookie} | \`${login.entry}\` | ${redirectStatus} |`);
  }
});

/** Runs a program in the project's folder, and answers what it prints, errors included. */
function run(
  program: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<string> {
  const options = { encoding: 'utf8', timeout: 15_000, env: { ...process.env, ...env } } as const;
  return new Promise((done) => {
    execFile(program, args, options, (_error, stdout, stderr) => {
      done(stdout + stderr.replace(/^.*ExperimentalWarning.*\n(.*--trace-warnings.*\n)?/gm, ''));
    });
  });
}
