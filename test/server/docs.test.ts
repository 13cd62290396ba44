import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { flagOf, variableOf } from '../../base/settings.ts';
import type { SettingTable } from '../../base/settings.ts';
import { PREFIX, SETTINGS } from '../../server/settings.ts';
import { startEmulator } from '../../server/emulator.ts';
import { releaseOf, RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import { examplesOf, exchangesOf } from '../support/doc-examples.ts';

const WRITTEN_FOR = 'http://127.0.0.1:8880';
const WRITTEN_FOR_HTTPS = 'https://127.0.0.1:8443';

it.each(examplesOf('console').map((example) => [example.page, example] as const))(
  '%s: what the page shows is what a shell prints',
  async (_page, example) => {
    let made = 0;
    const plesk = await startEmulator({
      seed: 'demo',
      https: true,
      ids: { hex32: () => String((made += 1)).padStart(32, '0') },
    });
    onTestFinished(() => plesk.close());
    const shim = programFolder();
    for (const { command, prints } of exchangesOf(example)) {
      const here = command.replaceAll(WRITTEN_FOR, plesk.url).replaceAll(WRITTEN_FOR_HTTPS, plesk.httpsUrl);
      const printed = (await run('sh', ['-c', here], shim)).replaceAll('\r', '');
      expect(printed.replaceAll(plesk.url, WRITTEN_FOR).replaceAll(plesk.httpsUrl, WRITTEN_FOR_HTTPS)).toBe(
        prints,
      );
    }
  },
);

it.each(examplesOf('ts').map((example) => [example.page, example] as const))(
  '%s: its TypeScript runs',
  async (page, { code }) => {
    const folder = mkdtempSync(join(tmpdir(), 'docs-'));
    onTestFinished(() => {
      rmSync(folder, { recursive: true });
    });
    const file = join(folder, 'example.mts');
    const emulator = pathToFileURL(resolve('server/emulator.ts')).href;
    writeFileSync(file, code.replace("'plesk-emulator/emulator'", `'${emulator}'`));
    expect(await run(process.execPath, ['--import', 'tsx', file])).toBe(
      page === 'README.md' ? '200 true\n' : 'admin 0\n',
    );
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

The program has \`--log pretty|json|off\` besides (\`PLESK_EMULATOR_LOG\`), \`--help\` and \`--version\`. \`startEmulator\` takes
besides: \`seed\` as an object, \`clock\` (\`{ now(): number }\`, milliseconds), \`ids\` (\`{ hex32(): string }\`), \`log\` (\`isOn\`, \`info\`,
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

/** A folder with a program `plesk-emulator`, which is the one of these sources. */
function programFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'docs-'));
  onTestFinished(() => {
    rmSync(folder, { recursive: true });
  });
  const script = `#!/bin/sh\nexec '${process.execPath}' --import tsx '${resolve('server/main.ts')}' "$@"\n`;
  writeFileSync(join(folder, 'plesk-emulator'), script, { mode: 0o755 });
  return folder;
}

/** Runs a program in the project's folder, and answers what it prints, errors included. */
function run(program: string, args: readonly string[], path = ''): Promise<string> {
  const env = { ...process.env, PATH: `${path}:${process.env['PATH'] ?? ''}` };
  const options = { encoding: 'utf8', timeout: 15_000, env } as const;
  return new Promise((done) => {
    execFile(program, args, options, (_error, stdout, stderr) => {
      done(stdout + stderr.replace(/^.*ExperimentalWarning.*\n(.*--trace-warnings.*\n)?/gm, ''));
    });
  });
}
