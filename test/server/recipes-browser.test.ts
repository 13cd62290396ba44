import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import type { Page } from '../support/browse.ts';
import { browse } from '../support/browse.ts';
import { chromiumPath, whyNoBrowser } from '../support/chromium.ts';
import { DEMO, start } from '../support/emulator.ts';
import { logInAs } from '../support/login-form.ts';
import { outsideOfVitest, projectOf, recipe, vitestScript } from '../support/recipes.ts';
import { run } from '../support/tools.ts';

const missing = whyNoBrowser();

it.skipIf(missing !== undefined)(
  `Playwright: its recipe runs${missing === undefined ? '' : ` (skipped: ${missing})`}`,
  { timeout: 90_000 },
  async () => {
    const project = await projectOf('testing-with-a-browser.md', 'browser.test.js');
    writeFileSync(join(project, 'billing.js'), recipe('testing.md', 'billing.js'));

    const { code, stdout, stderr } = await run(
      process.execPath,
      [vitestScript(), 'run', '--root', project, '--no-color', '--testTimeout=60000'],
      { cwd: project, timeout: 80_000, env: { ...outsideOfVitest(), CHROMIUM_PATH: chromiumPath() } },
    );

    expect(stdout + stderr).toMatch(/Tests {2}3 passed \(3\)/);
    expect(code).toBe(0);
  },
);

const SEED = { accounts: [{ ...DEMO.carl, role: 'customer' as const }] };

/** How each page comes about, by its mark. */
const PAGES: Readonly<Record<string, (plesk: Emulator) => Promise<Page>>> = {
  login: (plesk) => browse(`${plesk.url}/login_up.php`),
  panel: async (plesk) => browse(`${plesk.url}/smb/`, { cookie: await logInAs(plesk, DEMO.carl) }),
  contact: async (plesk) => {
    await plesk.settings.set({ askForContact: true });
    return browse(`${plesk.url}/smb/`, { cookie: await logInAs(plesk, DEMO.carl) });
  },
  forged: async (plesk) =>
    browse(`${plesk.url}/smb/`, { cookie: await logInAs(plesk, DEMO.carl), form: 'colour=red' }),
  'not-found': (plesk) => browse(`${plesk.url}/nowhere`),
};

it.each(Object.entries(PAGES))(
  'marks the page %s as docs/testing-with-a-browser.md says',
  async (name, get) => {
    const page = readFileSync('docs/testing-with-a-browser.md', 'utf8');
    const row = new RegExp(`^\\| \`${name}\` +\\|.*$`, 'm').exec(page)?.[0] ?? 'no row';
    const documented = [...row.matchAll(/`(data-plesk-\w+)`/g)].map(([, mark]) => mark);

    const { body: html } = await get((await start({ seed: SEED })).plesk);

    const main = /<main[^>]*>/.exec(html)?.[0] ?? 'no main';
    expect(main).toContain(`data-plesk-page="${name}"`);
    const marks = [...main.matchAll(/(data-plesk-\w+)=/g)].map(([, mark]) => mark);
    expect(marks.filter((mark) => mark !== 'data-plesk-page').toSorted()).toEqual(documented.toSorted());
    for (const mark of documented) expect(page).toMatch(new RegExp(`^\\| \`${String(mark)}\` +\\| \\S`, 'm'));
  },
);

it('has a row for every page', () => {
  const page = readFileSync('docs/testing-with-a-browser.md', 'utf8');
  const rows = [...page.matchAll(/^\| `([\w-]+)` +\|/gm)].map(([, name]) => name);
  expect(rows.filter((name) => name?.startsWith('data-') !== true).toSorted()).toEqual(
    Object.keys(PAGES).toSorted(),
  );
});
