import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { browse, doorUrl } from '../support/browse.ts';
import { freshPage, whyNoBrowser } from '../support/chromium.ts';
import { start } from '../support/emulator.ts';
import { postForm, WRONG } from '../support/login-form.ts';
import { copied, entriesOf, isLive, openInspector, part } from '../support/inspector.ts';
import { newToken, post, resultsIn, sessionPacket } from '../support/wire.ts';

const missing = whyNoBrowser();
const because = missing === undefined ? '' : ` (skipped: ${missing})`;
const inBrowser = it.skipIf(missing !== undefined);
const TIMEOUT = 60_000;
const TOKEN = 'a-control-token-of-a-test';

inBrowser(
  `says which emulator it is, and that it is none of Plesk's${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start({ plesk: '12.5' });

    const { page, complaints } = await openInspector({ url: plesk.url });

    // The page asks which emulator it is apart from what comes.
    await page.getByRole('banner').getByText(plesk.url).waitFor();
    const banner = await page.getByRole('banner').innerText();
    expect(banner).toContain(plesk.release.title);
    expect(banner).toContain('This is a test double, and no Plesk product.');
    expect(complaints).toEqual([]);
  },
);

inBrowser(
  `shows a packet and a login that come while it is open${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start();
    const { page, complaints } = await openInspector(plesk);
    expect(await entriesOf(page).count()).toBe(0);

    const token = await newToken(plesk, 'carl', { user_ip: '10.50.1.71' });
    await entriesOf(page).filter({ hasText: 'server/create_session' }).waitFor();
    await browse(doorUrl(plesk.url, { PLESKSESSID: token }));
    const turnedAway = entriesOf(page).first().filter({ hasText: 'login failed' });
    await turnedAway.waitFor();

    expect(await turnedAway.innerText()).toContain('bound to 10.50.1.71, opened from 127.0.0.1');
    expect(await entriesOf(page).count()).toBe(2);
    await page.getByText('2 new entries', { exact: true }).waitFor();
    expect(complaints).toEqual([]);
  },
);

inBrowser(
  `opens an entry to its XML, an element a line, and all that is known${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start();
    await post(plesk, sessionPacket('nobody', { skin: 'x' }));
    const { page } = await openInspector(plesk);

    const entry = entriesOf(page).first();
    expect(await entry.getByRole('region').count()).toBe(0);
    await entry.locator('summary').click();

    expect((await entry.getByRole('region', { name: 'The request' }).innerText()).split('\n')).toEqual([
      '<packet>',
      '  <server>',
      '    <create_session>',
      '      <login>nobody</login>',
      '      <data>',
      '        <user_ip>127.0.0.1</user_ip>',
      '        <source_server></source_server>',
      '        <skin>x</skin>',
      '      </data>',
      '    </create_session>',
      '  </server>',
      '</packet>',
    ]);
    expect(await entry.getByRole('region', { name: 'The answer' }).innerText()).toContain(
      '        <errcode>1013</errcode>\n',
    );
    const said = await entry.innerText();
    for (const wanted of [
      'error 1013',
      'data/skin',
      'http_auth_login',
      '"user_ip": "127.0.0.1"',
      'unexpected',
    ])
      expect(said).toContain(wanted);
    expect(said).not.toContain(plesk.admin.password);
  },
);

inBrowser(
  `shows failures as the journal counts them, a wrong password and a lost answer among them${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start();
    await browse(`${plesk.url}/`);
    await browse(`${plesk.url}/login_up.php`);
    await postForm(plesk, WRONG);
    await postForm(plesk, { ...WRONG, failure_redirect_url: '/login_up.php' });
    await plesk.faults.add({ fault: 'reset', afterChange: true });
    await newToken(plesk).catch(() => undefined);
    await plesk.faults.clear();

    const { page } = await openInspector(plesk);
    await entriesOf(page).nth(4).waitFor();
    await page.getByLabel('Show').selectOption('Failures');

    const failures = entriesOf(page).filter({ visible: true });
    expect(await failures.locator('[data-kind=bad]').allInnerTexts()).toEqual([
      'unanswered',
      'login failed',
      'login failed',
    ]);
    expect(await plesk.journal.count({ isFailure: true })).toBe(3);
    await failures.first().locator('summary').click();
    expect(await failures.first().innerText()).toMatch(/Received instead\s+nothing/);
  },
);

inBrowser(
  `filters by text and by kind, and counts what is left${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start();
    await newToken(plesk, 'carl');
    await newToken(plesk, 'cora');
    await post(plesk, '<packet><sesion/></packet>');
    await browse(doorUrl(plesk.url, { PLESKSESSID: 'ab'.repeat(16) }));
    const { page } = await openInspector(plesk);
    const heading = page.getByRole('heading', { name: 'Packets and logins' });
    await entriesOf(page).nth(3).waitFor();

    await page.getByLabel('Filter by text').fill('cora');
    expect(await entriesOf(page).count()).toBe(1);
    expect(await heading.innerText()).toBe('Packets and logins 1 of 4');

    await page.getByLabel('Filter by text').fill('');
    await page.getByLabel('Show').selectOption('Failures');
    expect(await entriesOf(page).allInnerTexts()).toEqual([
      expect.stringContaining('login failed'),
      expect.stringContaining('refused'),
    ]);

    // What comes later is filtered too.
    await newToken(plesk, 'rita');
    await page.getByText('2 of 5').waitFor();
    expect(await entriesOf(page).count()).toBe(2);
  },
);

inBrowser(
  `copies a packet as a curl command that sends it again${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start();
    const note = "it's <&> $(id)";
    await post(plesk, sessionPacket('carl', { c_email: note }));
    const { page } = await openInspector(plesk);

    await entriesOf(page).first().locator('summary').click();
    await page.getByRole('button', { name: 'Copy as curl' }).click();

    const command = await copied(page);
    expect(command).not.toContain(plesk.admin.password);
    expect(await part(page, 'Packets and logins').innerText()).toContain(
      'set $PLESK_PASSWORD before you run it',
    );
    const { stdout } = await promisify(execFile)('sh', ['-c', command], {
      env: { ...process.env, PLESK_PASSWORD: plesk.admin.password },
    });
    expect(resultsIn(stdout)).toEqual(['ok']);
    const [first, second] = await plesk.journal.packets('server/create_session');
    expect(second?.request.body).toBe(first?.request.body);
    expect(second?.operations[0]?.values).toMatchObject({ data: { c_email: note } });
  },
);

inBrowser(`copies a packet as the three files of a sample${because}`, { timeout: TIMEOUT }, async () => {
  const { plesk } = await start({ plesk: '12.5' });
  const packet = sessionPacket('nobody');
  const answer = await post(plesk, packet, { HTTP_PRETTY_PRINT: 'TRUE' });
  const { page } = await openInspector(plesk);

  await entriesOf(page).first().locator('summary').click();
  await page.getByRole('button', { name: 'Copy as fixture' }).click();

  const files = new Map(
    [...(await copied(page)).matchAll(/^==> (\S+) <==\n([\s\S]*?)(?=\n==> |$(?![\s\S]))/gm)].map(
      ([, name = '', text = '']) => [name.replace(/^.*sample-\d+\./, ''), text],
    ),
  );
  expect([...files.keys()]).toEqual(['request.xml', 'response.xml', 'json']);
  expect(files.get('request.xml')?.trimEnd()).toBe(packet);
  expect(files.get('response.xml')?.trimEnd()).toBe(answer.trimEnd());
  expect(JSON.parse(files.get('json') ?? '')).toMatchObject({
    plesk: '12.5',
    errcode: 1013,
    headers: { 'Content-Type': 'text/xml', HTTP_PRETTY_PRINT: 'TRUE' },
  });
});

inBrowser(`takes what comes from outside for text${because}`, { timeout: TIMEOUT }, async () => {
  const { plesk } = await start();
  const hostile = '<script>document.title="run"</script><img src=x onerror=document.title="run">';
  const { page, complaints } = await openInspector(plesk);
  const title = await page.title();

  await plesk.accounts.add({ role: 'customer', login: 'o"><b>x', password: 'customer1Q**', name: hostile });
  await newToken(plesk, 'o"><b>x', { c_email: hostile });
  await post(plesk, `<packet>${hostile}</packet>`, { HTTP_AUTH_LOGIN: hostile });
  await browse(doorUrl(plesk.url, { PLESKSESSID: hostile, success_redirect_url: hostile }));
  await entriesOf(page).nth(2).waitFor();
  for (const summary of await entriesOf(page).locator('summary').all()) await summary.click();
  await page.getByRole('button', { name: 'Explain session' }).click();

  expect(await page.locator('main').innerText()).toContain('<img src=x onerror=');
  expect(await page.locator('img, main script, .columns b').count()).toBe(0);
  expect(await page.title()).toBe(title);
  expect(complaints).toEqual([]);
});

inBrowser(`lets nothing run that is not a file of its own${because}`, { timeout: TIMEOUT }, async () => {
  const { plesk } = await start();
  const { page, complaints } = await openInspector(plesk);
  const title = await page.title();

  await page.evaluate(`(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "run"';
    document.body.append(script);
    document.body.insertAdjacentHTML('beforeend', '<img src="data:,x" onerror="document.title = 1">');
  })()`);

  await expect
    .poll(() => complaints.filter((one) => one.includes('Content Security Policy')).length)
    .toBeGreaterThan(1);
  expect(await page.title()).toBe(title);
});

inBrowser(
  `says that the emulator is gone, and shows the next one on its port${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start();
    const { page } = await openInspector(plesk);
    await newToken(plesk, 'carl');
    await entriesOf(page).filter({ hasText: 'create_session' }).waitFor();

    await plesk.close();
    await page.getByText('lost, reconnecting').waitFor();
    const { plesk: next } = await start({ httpPort: Number(new URL(plesk.url).port), plesk: '12.5' });
    await isLive(page);

    await page.getByText(next.release.title).waitFor();
    await expect.poll(() => entriesOf(page).count()).toBe(0);
    await post(next, '<packet><sesion/></packet>');
    await entriesOf(page).filter({ hasText: 'refused' }).waitFor();
  },
);

inBrowser(`asks for the control token as the password of Basic${because}`, { timeout: TIMEOUT }, async () => {
  const { plesk } = await start({ controlToken: TOKEN });
  const { context } = await freshPage();
  const page = await context.browser()?.newPage({ httpCredentials: { username: 'x', password: TOKEN } });
  if (page === undefined) throw new Error('there is no browser');
  expect((await browse(`${plesk.url}/_emulator/`)).status).toBe(401);
  expect((await browse(`${plesk.url}/_emulator/inspector.js`)).status).toBe(401);

  await page.goto(`${plesk.url}/_emulator/`);
  await isLive(page);
  await newToken(plesk, 'carl');

  await entriesOf(page).filter({ hasText: 'create_session' }).waitFor();
});

inBrowser(`loads older entries, and says how many there are${because}`, { timeout: TIMEOUT }, async () => {
  const { plesk } = await start();
  for (let round = 0; round < 5; round += 1)
    await Promise.all(Array.from({ length: 50 }, () => post(plesk, '<packet><sesion/></packet>')));
  // As for everybody, and not since the mark of a test.
  await plesk.mark();
  const { page } = await openInspector(plesk);
  const heading = page.getByRole('heading', { name: 'Packets and logins' });
  await expect.poll(() => heading.innerText()).toBe('Packets and logins 200 of 250');

  await page.getByRole('button', { name: 'Load older entries' }).click();

  await expect.poll(() => heading.innerText()).toBe('Packets and logins 250');
  expect(await entriesOf(page).count()).toBe(250);
  expect(await page.getByRole('button', { name: 'Load older entries' }).isVisible()).toBe(false);
  await newToken(plesk);
  await expect.poll(() => heading.innerText()).toBe('Packets and logins 251');
});

inBrowser(
  `stays quick with a thousand entries, and keeps no more${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start();
    const { page } = await openInspector(plesk);

    for (let round = 0; round < 21; round += 1)
      await Promise.all(Array.from({ length: 50 }, () => post(plesk, '<packet><sesion/></packet>')));
    const heading = page.getByRole('heading', { name: 'Packets and logins' });
    await expect.poll(() => heading.innerText(), { timeout: 20_000 }).toBe('Packets and logins 1000');

    // An opened entry stays open when the next one comes.
    await entriesOf(page).first().locator('summary').click();
    await newToken(plesk, 'carl');
    await entriesOf(page).first().filter({ hasText: 'create_session' }).waitFor();
    expect(await page.locator('details[open]').innerText()).toContain('<sesion/>');
    expect(await entriesOf(page).count()).toBe(1000);
  },
);
