import { expect, it } from 'vitest';
import {
  as,
  everybody,
  filterBy,
  getting,
  inCustomer,
  setting,
  shown,
  startFamily,
  tell,
  textIn,
} from '../support/customers.ts';
import { post } from '../support/wire.ts';

const TEXTS = 'cname phone fax email address city state pcode country external-id description'.split(' ');
const FULL = {
  cname: 'C',
  pname: 'P',
  phone: '1',
  fax: '2',
  email: 'a@b',
  address: 'A',
  city: 'B',
  state: 'S',
  pcode: '9',
  country: 'AT',
  locale: 'de-DE',
  'external-id': 'E',
  description: 'D',
};

it('changes what is there, and leaves what is absent', async () => {
  const { plesk } = await startFamily();
  await tell(plesk, setting(filterBy('id', 4), FULL));
  for (const [name, value] of Object.entries(FULL)) expect(await shown(plesk, 'carl', name)).toBe(value);

  await tell(plesk, setting(filterBy('id', 4), { city: 'Wien' }));

  for (const [name, value] of Object.entries({ ...FULL, city: 'Wien' })) {
    expect(await shown(plesk, 'carl', name), name).toBe(value);
  }
});

it.each(TEXTS)('clears %s by an empty element, and by blanks', async (name) => {
  const { plesk } = await startFamily();

  for (const nothing of ['', ' \n ']) {
    await tell(plesk, setting(filterBy('id', 4), FULL));
    expect(await tell(plesk, setting(filterBy('id', 4), { [name]: nothing }))).toEqual(['4 = 4']);
    expect(await shown(plesk, 'carl', name)).toBe('');
  }
});

it('gives another guid by <guid/>, by which alone it is found then', async () => {
  const { plesk } = await startFamily();
  const { guid } = await plesk.accounts.get('carl');

  await tell(plesk, setting(filterBy('id', 4), { guid: '' }));

  const other = (await plesk.accounts.get('carl')).guid;
  expect(other).not.toBe(guid);
  expect(await tell(plesk, getting(filterBy('guid', guid, other)))).toEqual([
    `${guid}: 1013`,
    `${other} = 4`,
  ]);
});

it('sets each of a filter for itself: one that cannot be stops no other', async () => {
  const { plesk } = await startFamily();
  await tell(plesk, setting(filterBy('id', 5), { phone: 'old' }));

  expect(await tell(plesk, setting(filterBy('id', 4, 99, 5), { login: 'taken', phone: 'new' }))).toEqual([
    '4 = 4',
    '99: 1013',
    '5: 1007',
  ]);

  expect(await shown(plesk, 'taken', 'phone')).toBe('new');
  expect(await shown(plesk, 'cora', 'phone')).toBe('old');
});

it('looks a login up when it is reached: after its change it is another', async () => {
  const { plesk } = await startFamily();

  expect(await tell(plesk, setting(filterBy('login', 'carl', 'carl', 'carlo'), { login: 'carlo' }))).toEqual([
    'carl = 4',
    'carl: 1013',
    'carlo = 4',
  ]);
});

it('lets two change logins by a third, and an own login be given again', async () => {
  const { plesk } = await startFamily();
  const rename = (from: string, to: string): string => setting(filterBy('login', from), { login: to });

  expect(
    await tell(
      plesk,
      rename('carl', 'x') + rename('cora', 'carl') + rename('x', 'cora') + rename('cora', 'cora'),
    ),
  ).toEqual(['carl = 4', 'cora = 5', 'x = 4', 'cora = 4']);
});

it('changes everybody by an empty filter, and nobody where one value is refused for all', async () => {
  const { plesk } = await startFamily();
  const before = await everybody({ plesk });

  expect(await tell(plesk, setting('<filter/>', { city: 'X', email: 'x' }))).toEqual([
    '4: 1019',
    '5: 1019',
    '6: 1019',
    '7: 1019',
  ]);
  expect(await everybody({ plesk })).toEqual(before);

  await tell(plesk, setting(filterBy('owner-login', 'rita'), { city: 'X' }));
  expect((await everybody({ plesk })).map(({ city }) => city)).toEqual(['', '', '', '', 'X', 'X', '']);
});

it('lets a customer change itself, all but its status and its owner', async () => {
  const { plesk } = await startFamily();
  const change = { ...FULL, login: 'carlo', passwd: 'another1Q**', status: '0' };

  expect(await tell(plesk, setting('<filter/>', change), 'carl')).toEqual(['4 = 4']);

  const caller = { HTTP_AUTH_LOGIN: 'carlo', HTTP_AUTH_PASSWD: 'another1Q**' };
  const answer = await post(plesk, inCustomer(getting('<filter/>')), caller);
  expect(textIn(answer, 'city')).toBe('B');
  expect(textIn(answer, 'owner-login')).toBe('admin');
  expect(await post(plesk, inCustomer(getting('<filter/>')), as('carl'))).toContain('<errcode>1001<');
});

it('refuses a locale that is switched off, and keeps that of who has it', async () => {
  const { plesk } = await startFamily();
  await tell(plesk, setting(filterBy('id', 4), { locale: 'de-DE' }));
  await post(plesk, '<packet><locale><disable><filter><id>de-DE</id></filter></disable></locale></packet>');

  expect(await tell(plesk, setting(filterBy('id', 5), { locale: 'de-DE' }))).toEqual(['5: 1019']);
  expect(await shown(plesk, 'carl', 'locale')).toBe('de-DE');
});
