import { expect, it } from 'vitest';
import { ask } from '../support/agent.ts';
import { start } from '../support/emulator.ts';
import { resultsIn } from '../support/wire.ts';

const UPDATE =
  '<certificate><update><name>one</name><admin/><content><csr>a</csr><pvt>b</pvt></content></update></certificate>';

it.each([
  ['certificate/update', UPDATE],
  [
    'database/set-custom-host',
    '<database><set-custom-host><filter/><host>x</host></set-custom-host></database>',
  ],
  [
    'database/assign-to-subscription',
    '<database><assign-to-subscription><filter/><webspace-id>1</webspace-id></assign-to-subscription></database>',
  ],
])('names %s, which is newer than the schema of 1.6.6.0, as not emulated', async (name, inside) => {
  const { plesk } = await start();

  const { body, fault } = await ask(plesk, `<packet>${inside}</packet>`);
  const [entry] = await plesk.journal.packets({ isUnexpected: true });

  expect(fault).toBeUndefined();
  expect(resultsIn(body)).toEqual([expect.stringMatching(`^1023 ${name} is not emulated`)]);
  expect(entry).toMatchObject({ isUnexpected: true, operations: [{ name, isEmulated: false }] });
  expect(entry?.help[0]).toMatch(`${name} is newer than the published schema of 1.6.6.0`);
});

it('does not have certificate/update on 12.5', async () => {
  const { plesk } = await start({ plesk: '12.5' });

  const { fault } = await ask(plesk, `<packet>${UPDATE}</packet>`);

  expect(fault).toMatch(/^1014 .*Element 'update': This element is not expected/);
});

it('answers certificate/update of an older packet version with 1017', async () => {
  const { plesk } = await start();

  const { body } = await ask(plesk, `<packet version="1.6.6.0">${UPDATE}</packet>`);

  expect(resultsIn(body)).toEqual([expect.stringMatching('^1017 ')]);
});

it('does not call an operation newer that is in the schema', async () => {
  const { plesk } = await start();

  await ask(plesk, '<packet><certificate><get-pool><admin/></get-pool></certificate></packet>');
  const [entry] = await plesk.journal.packets();

  expect(entry).toMatchObject({ isUnexpected: true });
  expect(entry?.help.join()).not.toContain('newer');
});
