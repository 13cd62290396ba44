import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import { checkXsd, xsdIsMissing } from '../support/check-xsd.ts';
import { DEMO, start } from '../support/emulator.ts';
import { recipe } from '../support/recipes.ts';
import type { Ran } from '../support/tools.ts';
import { folder, run, whyNoPhp, whyNoPython } from '../support/tools.ts';

const PAGE = 'accounts.md';
/** The passwords that the scripts give to their customer. */
const PASSWORDS = ['First-pass-w0rd!', 'Second-pass-w0rd!'];
const xsdMissing = xsdIsMissing();

interface Script {
  readonly file: string;
  readonly program: string;
  /** Why it cannot run here. */
  readonly missing: string | undefined;
}

const SCRIPTS: readonly Script[] = [
  { file: 'lifecycle.php', program: 'php', missing: whyNoPhp('curl', 'simplexml') },
  { file: 'lifecycle.py', program: 'python3', missing: whyNoPython() },
];

/** Runs a script of the page as a user of the API, for a customer of this owner. */
function runScript(
  { file, program }: Script,
  { url }: Emulator,
  caller: { readonly login: string; readonly password: string },
  owner: string,
): Promise<Ran> {
  const path = join(folder('lifecycle'), file);
  writeFileSync(path, recipe(PAGE, file));
  const { login: PLESK_LOGIN, password: PLESK_PASSWORD } = caller;
  return run(program, [path], {
    env: { ...process.env, PLESK_URL: url, PLESK_LOGIN, PLESK_PASSWORD, OWNER: owner },
  });
}

describe.each(SCRIPTS)('$file', (script) => {
  const { missing } = script;
  const because = missing === undefined ? '' : ` (skipped: ${missing})`;
  const withScript = it.skipIf(missing !== undefined);

  withScript.each([
    ['11.5', ''],
    ['11.5', 'rita'],
    ['12.5', ''],
    ['12.5', 'rita'],
    ['18.0', ''],
    ['18.0', 'rita'],
  ] as const)(`leads a customer through its life on %s, of the owner '%s'${because}`, async (name, owner) => {
    const { plesk, lines } = await start({ plesk: name });

    const { code, stdout, stderr } = await runScript(script, plesk, DEMO.admin, owner);

    expect(stderr).toBe('');
    expect(stdout).toBe(recipe(PAGE, 'lifecycle.txt'));
    expect(code).toBe(0);
    expect((await plesk.accounts.list()).map(({ login }) => login)).not.toContain('tina');
    const [added] = await plesk.journal.packets('customer/add');
    expect(added?.operations[0]?.remarks).toEqual([`added tina (6) for ${owner === '' ? 'admin' : owner}`]);
    const refused = await plesk.journal.packets({ operation: 'server/create_session', errcode: 1011 });
    expect(refused.map(({ operations: [one] }) => one?.results[0]?.detail)).toEqual(['tina is suspended']);
    const shown = JSON.stringify(await plesk.journal.find()) + lines.join('\n');
    for (const password of PASSWORDS) expect(shown).not.toContain(password);
  });

  withScript(
    `leads a customer of a reseller through its life, called by the reseller${because}`,
    async () => {
      const { plesk } = await start({ plesk: '18.0' });

      const { stdout, stderr } = await runScript(script, plesk, DEMO.rita, '');

      expect(stderr).toBe('');
      // It is the bit of resellers that a reseller sets.
      expect(stdout).toBe(recipe(PAGE, 'lifecycle.txt').replace('status 16', 'status 32'));
    },
  );

  withScript(`says what Plesk refuses, and ends${because}`, async () => {
    const { plesk } = await start({ plesk: '18.0' });

    const { code, stdout, stderr } = await runScript(script, plesk, DEMO.admin, 'nobody');

    expect(stdout).toBe('before: not there\n');
    expect(stderr).toContain('Owner does not exist.');
    expect(code).not.toBe(0);
  });

  it.skipIf(missing !== undefined || xsdMissing !== undefined)(
    `sends and gets nothing that violates the schema of 1.6.6.0${because}${xsdMissing === undefined ? '' : ` (skipped: ${xsdMissing})`}`,
    async () => {
      const { plesk } = await start({ plesk: '12.0' });
      await runScript(script, plesk, DEMO.admin, 'rita');
      const packets = await plesk.journal.packets();

      // A packet that is refused by its credentials is valid all the same.
      const sent = packets.map(({ request }) => request.body);
      expect(sent.length).toBe(15);
      expect(checkXsd('request', sent).filter((verdict) => verdict !== undefined)).toEqual([]);
      const answers = packets.flatMap(({ answer = '' }) => (answer === '' ? [] : [answer]));
      expect(checkXsd('response', answers).filter((verdict) => verdict !== undefined)).toEqual([]);
    },
  );
});
