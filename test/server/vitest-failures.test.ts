import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { start } from '../support/emulator.ts';
import { outsideOfVitest, vitestScript } from '../support/recipes.ts';
import { folder, run } from '../support/tools.ts';
import { post } from '../support/wire.ts';

const NOT_EMULATED =
  '<packet><webspace><get><filter/><dataset><gen_info/></dataset></get></webspace></packet>';

/** What vitest says of one file of test/recipes/failing. */
interface Run {
  /** What was printed, without colours and without the ports. */
  readonly printed: string;
  /** The failures of each test, none for one that passed. */
  readonly failures: Readonly<Record<string, readonly string[]>>;
}

async function runFailing(file: string, env: Readonly<Record<string, string>> = {}): Promise<Run> {
  const results = join(folder('failing'), 'results.json');
  const args = [vitestScript(), 'run', file, '--root', 'test/recipes/failing', '--no-color'];
  const { stdout, stderr } = await run(
    process.execPath,
    [...args, '--reporter=default', '--reporter=json', `--outputFile.json=${results}`],
    { timeout: 60_000, env: { ...outsideOfVitest(), ...env } },
  );
  const { testResults } = JSON.parse(readFileSync(results, 'utf8')) as {
    readonly testResults: readonly {
      readonly assertionResults: readonly {
        readonly title: string;
        readonly failureMessages: readonly string[] | null;
      }[];
    }[];
  };
  const failures = testResults.flatMap(({ assertionResults }) =>
    assertionResults.map(({ title, failureMessages }) => [title, failureMessages ?? []] as const),
  );
  return {
    printed: (stdout + stderr).replace(/127\.0\.0\.1:\d{2,}/g, '127.0.0.1:8880'),
    failures: Object.fromEntries(failures),
  };
}

const blocksIn = (printed: string): readonly string[] =>
  [...printed.matchAll(/^plesk-emulator: .*(?:\n {2,}.*)*/gm)].map(([block]) => block);

const said = (failures: readonly string[] | undefined): readonly string[] =>
  (failures ?? []).map((failure) => failure.replace(/\n +at [^]*/, ''));

it(
  'prints what came to the emulator of a test that has failed, once, and nothing for others',
  { timeout: 90_000 },
  async () => {
    const { printed, failures } = await runFailing('own.spec.ts');
    const blocks = blocksIn(printed);
    const blockOf = (name: string): string =>
      blocks.filter((block) => block.includes(`'${name}'`)).join('\n');

    expect(blockOf('a billing system > fails after two packets')).toMatch(
      /^plesk-emulator: 'a billing system > fails after two packets' has failed; what came to http:\/\/127\.0\.0\.1:8880:\n {2}1 packet from 127\.0\.0\.1 by admin: server\/get_protos ok\n {2}2 packet from 127\.0\.0\.1 by admin: server\/create_session 1013 /,
    );
    expect(blockOf('fails after nothing')).toBe(
      "plesk-emulator: 'fails after nothing' has failed; nothing came to http://127.0.0.1:8880",
    );
    expect(blockOf('fails once and passes then')).toContain(
      "'fails once and passes then' has failed; the last 20 of 21 requests to http://127.0.0.1:8880:\n  2 packet",
    );
    expect(blockOf('fails without a journal')).toContain(
      "plesk-emulator: 'fails without a journal' has failed; the journal is off",
    );
    expect(blockOf('fails without a port')).toBe(
      "plesk-emulator: 'fails without a port' has failed; nothing came to the emulator",
    );
    expect(blockOf('sends what is not emulated')).toContain('1 packet from 127.0.0.1 by admin: webspace/get');
    expect(blocks).toHaveLength(6);

    expect(said(failures['sends what is not emulated'])).toEqual([
      expect.stringMatching(/^ControlError: entry 1, \/enterprise\/control\/agent\.php: .*webspace\/get/),
    ]);
    expect(said(failures['sends what is emulated'])).toEqual([]);
    expect(said(failures['fails once and passes then'])).toHaveLength(1);
  },
);

it('tells the tests of a shared or a running emulator apart', { timeout: 90_000 }, async () => {
  const { plesk } = await start({ controlToken: 'token-of-this-test' });
  const { plesk: strict } = await start({ unexpected: 'fail' });
  await post(plesk, '<packet><server><get_protos/></server></packet>');
  await post(strict, NOT_EMULATED);
  const { printed, failures } = await runFailing('shared.spec.ts', {
    RUNNING: plesk.url,
    STRICT: strict.url,
  });

  expect(blocksIn(printed)).toEqual([
    expect.stringMatching(
      /^plesk-emulator: 'shared: fails after one packet' has failed; what came to http:\/\/127\.0\.0\.1:8880:\n {2}2 packet from 127\.0\.0\.1 by admin: server\/get_protos ok$/,
    ),
    expect.stringContaining("'running: suspends carl, and fails' has failed"),
    expect.stringContaining("'strict: sends what is not emulated' has failed"),
    expect.stringContaining("'strict file: sends what is not emulated' has failed"),
  ]);
  expect(
    Object.entries(failures)
      .filter(([, failed]) => failed.length > 0)
      .map(([name]) => name),
  ).toEqual([
    'shared: fails after one packet',
    'shared: runs beside others',
    'running: suspends carl, and fails',
    'strict: sends what is not emulated',
    'strict file: sends what is not emulated',
    'nowhere: has no emulator',
  ]);
  expect(said(failures['shared: runs beside others'])).toEqual([
    "Error: 'shared: runs beside others' runs beside other tests, but shares its emulator: without test.concurrent, or with per: 'test', it can run",
  ]);
  expect(said(failures['strict: sends what is not emulated'])).toEqual([
    expect.stringMatching(/^ControlError: entry 3, .*webspace\/get/),
  ]);
  // What has failed a test is said for no other, nor when the emulator closes.
  expect(printed).not.toContain('Unhandled Error');
  expect(printed).not.toContain('Failed Suites');
  await strict.verify();
  expect(said(failures['nowhere: has no emulator'])).toEqual([
    expect.stringContaining('http://127.0.0.1:1 does not answer'),
  ]);
  expect((await plesk.accounts.get('carl')).status).toBe('active');
  expect(await plesk.journal.find()).toHaveLength(1);
});
