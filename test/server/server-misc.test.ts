import { expect, it } from 'vitest';
import { textsOf } from '../support/agent.ts';
import type { Started } from '../support/emulator.ts';
import { DEMO, start } from '../support/emulator.ts';
import { credentials, inServer, newToken, post, resultsIn } from '../support/wire.ts';

const property = (name: string, value?: string): string =>
  `<property><name>${name}</name>${value === undefined ? '' : `<value>${value}</value>`}</property>`;
const setting = (name: string, value: string): string =>
  `<set_misc><filter>${property(name, value)}</filter></set_misc>`;
const getting = (name: string): string => `<get_misc><filter>${property(name)}</filter></get_misc>`;
const deleting = (name: string): string => `<del_misc><filter>${property(name)}</filter></del_misc>`;

/** The value of a name, as it is sent; `undefined` where it is not set. */
const valueOf = async (plesk: Started['plesk'], name: string): Promise<string | undefined> =>
  textsOf(await post(plesk, inServer(getting(name))), 'value')[0];

it.each([
  ['a name of 255 characters', 'n'.repeat(255), 'v', 'ok'],
  ['a name of 256 characters', 'n'.repeat(256), 'v', '1019'],
  ['a value of 2000 characters', 'n', 'v'.repeat(2000), 'ok'],
  ['a value of 2001 characters', 'n', 'v'.repeat(2001), '1019'],
  ['2000 characters beyond the first plane', 'n', '😀'.repeat(2000), 'ok'],
  ['a name of blanks', ' \n ', 'v', '1019'],
])('takes or refuses %s', async (_what, name, value, expected) => {
  const { plesk } = await start();

  const [result] = resultsIn(await post(plesk, inServer(setting(name, value))));

  expect(result?.slice(0, 4)).toBe(expected);
  expect(await valueOf(plesk, name)).toBe(expected === 'ok' ? value : undefined);
});

it.each(['__proto__', 'constructor', 'toString', 'hasOwnProperty'])(
  'keeps %s as any other name',
  async (name) => {
    const { plesk } = await start();
    expect(await valueOf(plesk, name)).toBeUndefined();

    await post(plesk, inServer(setting(name, 'x') + setting('other', 'y')));
    expect([await valueOf(plesk, name), await valueOf(plesk, 'other')]).toEqual(['x', 'y']);

    await post(plesk, inServer(deleting(name)));
    expect([await valueOf(plesk, name), await valueOf(plesk, 'other')]).toEqual([undefined, 'y']);
  },
);

it('reads the blanks of a name alike where it is set, got and deleted', async () => {
  const { plesk } = await start();

  await post(plesk, inServer(setting('  two  words ', ' x ')));

  expect(await valueOf(plesk, 'two words')).toBe(' x ');
  expect(await valueOf(plesk, '  two  words ')).toBe(' x ');
  await post(plesk, inServer(deleting(' two\nwords')));
  expect(await valueOf(plesk, 'two words')).toBeUndefined();
});

it('does not let a property touch what Plesk calls so', async () => {
  const { plesk } = await start();

  await post(plesk, inServer(setting('login_timeout', '1')));

  const body = await post(plesk, inServer('<get><session_setup/></get>'));
  expect(textsOf(body, 'login_timeout')).toEqual(['30']);
});

it('goes back by a rollback and a reset', async () => {
  const { plesk } = await start();
  await post(plesk, inServer(setting('a', '1')));
  await plesk.mark();
  await post(
    plesk,
    inServer(
      `${setting('a', '2')}<domain-restriction-add><name>x.example</name></domain-restriction-add><domain-restriction-enable/>`,
    ),
  );

  await plesk.rollback();
  expect(await valueOf(plesk, 'a')).toBe('1');
  expect(await post(plesk, inServer('<domain-restriction-list/>'))).toContain('<enable>0</enable></domain-');

  await plesk.reset();
  expect(await valueOf(plesk, 'a')).toBeUndefined();
});

it('changes nothing of a packet that breaks the schema further on', async () => {
  const { plesk } = await start();

  await post(plesk, inServer(`${setting('a', '1')}<get_misc/>`));

  expect(await valueOf(plesk, 'a')).toBeUndefined();
});

const NAMES = '<name>a.example</name>';

it.each([
  setting('a', '1'),
  getting('a'),
  deleting('a'),
  `<domain-restriction-add>${NAMES}</domain-restriction-add>`,
  `<domain-restriction-remove>${NAMES}</domain-restriction-remove>`,
  '<domain-restriction-list/>',
  `<domain-restriction-rename>${NAMES}<new-name>b.example</new-name></domain-restriction-rename>`,
  '<domain-restriction-enable/>',
  '<domain-restriction-disable/>',
  '<reboot/>',
  '<clean-mail-queue/>',
])('is for the administrator: %s', async (operation) => {
  const { plesk } = await start();
  const packet = inServer(operation);

  for (const caller of [DEMO.rita, DEMO.carl])
    expect(resultsIn(await post(plesk, packet, credentials(caller)))).toEqual(['1006 Permission denied.']);
});

it('keeps the names of domains in the order of their coming, a renamed one in its place', async () => {
  const { plesk } = await start();
  const add = (name: string): string =>
    `<domain-restriction-add><name>${name}</name></domain-restriction-add>`;

  const body = await post(
    plesk,
    inServer(
      `${add('b.example')}${add('A.Example')}${add('*.c.example')}` +
        '<domain-restriction-rename><name>B.example</name><new-name>Z.example</new-name></domain-restriction-rename>' +
        '<domain-restriction-list/>',
    ),
  );

  expect(textsOf(body, 'name')).toEqual(['z.example', 'a.example', '*.c.example']);
});

it('says in the log that nothing is rebooted, and keeps its sessions', async () => {
  const { plesk, lines } = await start();
  await newToken(plesk);

  await post(plesk, inServer('<reboot/><clean-mail-queue/>'));

  expect(await plesk.sessions.list()).toHaveLength(1);
  expect(lines.join('\n')).toContain('nothing is rebooted: there is no machine here');
  expect(lines.join('\n')).toContain('the queue was empty: there is no mail here');
});
