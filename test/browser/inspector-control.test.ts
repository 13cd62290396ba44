import { expect, it } from 'vitest';
import { browse, doorUrl } from '../support/browse.ts';
import { whyNoBrowser } from '../support/chromium.ts';
import { NOW } from '../support/clock.ts';
import { idOf, start } from '../support/emulator.ts';
import { entriesOf, openInspector, part } from '../support/inspector.ts';
import { newToken, post, resultsIn, sessionPacket } from '../support/wire.ts';

const missing = whyNoBrowser();
const because = missing === undefined ? '' : ` (skipped: ${missing})`;
const inBrowser = it.skipIf(missing !== undefined);
const TIMEOUT = 60_000;
const MINUTE = 60_000;

inBrowser(
  `moves the emulator's clock, and shows what has ended by that${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start();
    await newToken(plesk, 'carl');
    const { page, complaints } = await openInspector(plesk);
    const clock = part(page, 'Clock');
    const time = clock.locator('time');
    const press = (name: string): Promise<void> => clock.getByRole('button', { name, exact: true }).click();
    const shows = (text: string): Promise<void> => clock.getByText(text, { exact: true }).waitFor();

    await shows('2026-01-01 10:00:00');
    await part(page, 'Sessions').getByText('30 min left').waitFor();
    await press('Freeze');
    await shows('frozen');
    expect(await plesk.clock.get()).toMatchObject({ now: NOW, isFrozen: true });

    await press('+ 1 min');
    await shows('2026-01-01 10:01:00');
    await part(page, 'Sessions').getByText('29 min left').waitFor();
    expect((await plesk.clock.get()).now).toBe(NOW + MINUTE);

    await press('+ 31 min');
    await shows('1 session ended: 000001.. of carl');
    await part(page, 'Sessions').getByText('ended', { exact: true }).waitFor();
    expect(await plesk.sessions.list()).toEqual([]);

    await press('+ 1 day');
    await shows('2026-01-02 10:32:00');
    await clock.getByLabel('Set to (UTC)').fill('2027-02-03T04:05:00');
    await press('Set');
    await shows('2027-02-03 04:05:00');
    await press('Run');
    await shows('running');
    expect(await plesk.clock.get()).toMatchObject({ now: Date.UTC(2027, 1, 3, 4, 5), isFrozen: false });

    // What others do to it shows too.
    await plesk.clock.freeze('2030-01-01T00:00:00Z');
    await expect.poll(() => time.innerText()).toBe('2030-01-01 00:00:00');
    expect(complaints).toEqual([]);
  },
);

inBrowser(
  `shows the lives of sessions, expires and ends them, and explains them${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start();
    const token = await newToken(plesk, 'carl', { user_ip: '10.50.1.71' });
    await newToken(plesk, 'cora');
    const { page } = await openInspector(plesk);
    const sessions = part(page, 'Sessions');
    const carl = sessions.getByRole('listitem').filter({ hasText: 'carl' }).first();

    await carl.getByText('customer, bound to 10.50.1.71, made 10:00:00').waitFor();
    await carl.getByText('token waiting').waitFor();
    await browse(doorUrl(plesk.url, { PLESKSESSID: token }));
    await carl.getByText('turned away from 127.0.0.1: session 000001..: bound to 10.50.1.71').waitFor();

    await sessions.getByRole('button', { name: 'Explain session 000001.. of carl' }).click();
    await carl.getByText('Made at 2026-01-01T10:00:00 for carl, by create_session of admin').waitFor();
    await sessions.getByRole('button', { name: 'Expire session 000001.. of carl' }).click();
    await sessions.getByText('Expired: session 000001.. of carl').waitFor();
    expect((await plesk.sessions.list()).map(({ login }) => login)).toEqual(['cora']);

    await sessions.getByRole('button', { name: 'End session 000002.. of cora' }).click();
    await sessions.getByText('Ended: session 000002.. of cora').waitFor();
    expect(await plesk.sessions.list()).toEqual([]);
    await sessions.getByRole('heading', { name: 'Ended while this page was open' }).waitFor();

    await sessions.getByText('Explain any token').click();
    await sessions.getByLabel('Token').fill(idOf(2));
    await sessions.getByRole('button', { name: 'Explain', exact: true }).click();
    await sessions.getByText('A test ended it at 2026-01-01T10:00:00.').waitFor();
  },
);

inBrowser(`takes a session for open as soon as a browser is in${because}`, { timeout: TIMEOUT }, async () => {
  const { plesk } = await start();
  const token = await newToken(plesk, 'carl');
  const { page } = await openInspector(plesk);
  const badge = part(page, 'Sessions').locator('li .badge');
  await expect.poll(() => badge.allInnerTexts()).toEqual(['token waiting']);

  await browse(doorUrl(plesk.url, { PLESKSESSID: token }));

  await expect.poll(() => badge.allInnerTexts()).toEqual(['open']);
});

inBrowser(
  `makes a fault, shows how often it fired, and removes it${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start();
    const { page, complaints } = await openInspector(plesk);
    const faults = part(page, 'Faults');
    const make = faults.getByRole('button', { name: 'Make the fault' });

    await faults.getByText('Make a fault').click();
    await faults.getByLabel('Errcode').fill('1023');
    await faults.getByLabel('Operation').fill('server/create_session');
    await faults.getByLabel('Login').fill('admin');
    await faults.getByLabel('Times at most').fill('1');
    await faults.getByLabel('Let pass before').fill('1');
    await faults.getByLabel('after the change was made').check();
    await make.click();
    await faults.getByText('seen 0, fired 0').waitFor();
    expect(await plesk.faults.list()).toMatchObject([
      {
        fault: 'errcode',
        errcode: 1023,
        on: 'operation',
        operation: 'server/create_session',
        login: 'admin',
        times: 1,
        after: 1,
        afterChange: true,
      },
    ]);

    const answers = [];
    for (let count = 0; count < 3; count += 1) answers.push(await post(plesk, sessionPacket('carl')));
    expect(answers.flatMap(resultsIn).map((result) => result.slice(0, 4))).toEqual(['ok', '1023', 'ok']);
    await faults.getByText('fired 1').waitFor();
    await entriesOf(page).filter({ hasText: 'fault' }).waitFor();

    await faults.getByRole('button', { name: 'Remove fault' }).click();
    await faults.getByText('None: Plesk goes as it should.').waitFor();
    expect(await plesk.faults.list()).toEqual([]);
    expect(complaints).toEqual([]);
  },
);

inBrowser(
  `asks for what each kind of fault needs, and says what the emulator says of it${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start();
    const { page } = await openInspector(plesk);
    const faults = part(page, 'Faults');
    const kind = faults.getByLabel('What goes wrong');
    await faults.getByText('Make a fault').click();

    const kinds = (await kind.locator('option').allInnerTexts()).map((text) => text.replace(/:.*/, ''));
    expect(kinds).toEqual(
      'errcode status html charset truncated malformed oversized delay hang slow reset certificate'.split(
        ' ',
      ),
    );
    await kind.selectOption('delay');
    expect(await faults.getByLabel('Errcode').count()).toBe(0);
    await faults.getByLabel('Milliseconds').fill('5');
    await faults.getByLabel('Operation').fill('server/create_sesion');
    await faults.getByRole('button', { name: 'Make the fault' }).click();

    await faults
      .getByText("Plesk has no operation 'server/create_sesion'; do you mean server/create_session?")
      .waitFor();
    await faults.getByLabel('Operation').fill('');
    for (const name of ['html', 'malformed', 'hang', 'slow', 'reset', 'charset', 'truncated', 'oversized']) {
      await kind.selectOption(name);
      await faults.getByLabel('Path').fill('/enterprise/control/agent.php');
      await faults.getByRole('button', { name: 'Make the fault' }).click();
      await faults.locator('ul strong', { hasText: name }).waitFor();
    }
    expect((await plesk.faults.list()).length).toBe(8);
  },
);

inBrowser(`takes a snapshot, and goes back to it${because}`, { timeout: TIMEOUT }, async () => {
  const { plesk } = await start();
  await newToken(plesk, 'carl');
  const { page } = await openInspector(plesk);
  const state = part(page, 'State');

  await state.getByLabel('Snapshot').fill('one-token');
  await state.getByRole('button', { name: 'Take' }).click();
  await state.getByText('Kept as one-token').waitFor();
  await plesk.sessions.end(idOf(1));
  await part(page, 'Sessions').getByText('None.').waitFor();
  await state.getByRole('button', { name: 'Restore snapshot one-token' }).click();
  await part(page, 'Sessions').getByText('token waiting').waitFor();
  expect((await plesk.sessions.list()).length).toBe(1);

  await state.getByRole('button', { name: 'Remove snapshot one-token' }).click();
  await state.getByText('Removed one-token').waitFor();
  expect(await plesk.snapshots.list()).toEqual([]);
});

inBrowser(
  `resets at the second click, and says before what is lost${because}`,
  { timeout: TIMEOUT },
  async () => {
    const { plesk } = await start();
    await newToken(plesk, 'carl');
    const { page } = await openInspector(plesk);
    const state = part(page, 'State');

    await state.getByRole('button', { name: 'Reset…' }).click();
    await state.getByText('Lost: 1 session, 0 faults, 1 journal entry, and every change').waitFor();
    await page.keyboard.press('Escape');
    await state.getByText('Lost:').waitFor({ state: 'hidden' });
    expect((await plesk.sessions.list()).length).toBe(1);

    await state.getByRole('button', { name: 'Reset…' }).click();
    await state.getByRole('button', { name: 'Reset now' }).click();
    await state.getByText('Back at the seed').waitFor();
    expect(await plesk.sessions.list()).toEqual([]);
    await part(page, 'Sessions').getByText('None.').waitFor();
    await expect.poll(() => entriesOf(page).count()).toBe(0);
  },
);
