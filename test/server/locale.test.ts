import { expect, it } from 'vitest';
import { RELEASES } from '../../server/protocol/versions/releases.ts';
import { LOCALE_NAMES } from '../../server/protocol/versions/locale-names.ts';
import { textsOf } from '../support/agent.ts';
import { browse } from '../support/browse.ts';
import { adding, filterBy, inCustomer, setting } from '../support/customers.ts';
import type { Started } from '../support/emulator.ts';
import { start } from '../support/emulator.ts';
import { CARL, formUrl, postForm } from '../support/login-form.ts';
import { inServer, newToken, post, resultsIn } from '../support/wire.ts';

type Plesk = Started['plesk'];

const inLocale = (operations: string): string => `<packet><locale>${operations}</locale></packet>`;
const GET_ALL = inLocale('<get><filter/></get>');
const turn = (what: 'enable' | 'disable', ...locales: readonly string[]): string =>
  inLocale(`<${what}>${filterBy('id', ...locales)}</${what}>`);

/** How many have a language, by locale, of those that somebody has. */
async function used(plesk: Plesk): Promise<Readonly<Record<string, string>>> {
  const body = await post(plesk, GET_ALL);
  const counts = textsOf(body, 'used');
  return Object.fromEntries(
    textsOf(body, 'id').flatMap((id, at) => (counts[at] === '0' ? [] : [[id, counts[at] ?? '']])),
  );
}

/** What takes a locale, and what becomes of `de-DE` there. */
const CHOICES: Readonly<Record<string, (plesk: Plesk) => Promise<unknown>>> = {
  create_session: async (plesk) => {
    await newToken(plesk, 'carl', { locale_id: 'de-DE' });
    return (await plesk.sessions.list()).at(-1)?.locale;
  },
  'the login form': async (plesk) => {
    const { body } = await browse(formUrl(plesk.url, { locale_id: 'de-DE' }));
    return /<html lang="([^"]*)">/.exec(body)?.[1];
  },
  'a login': async (plesk) => {
    await postForm(plesk, { ...CARL, locale_id: 'de-DE' });
    return (await plesk.sessions.list()).at(-1)?.locale;
  },
  'customer/add': async (plesk) => resultsIn(await post(plesk, inCustomer(adding({ locale: 'de-DE' })))),
  'customer/set': async (plesk) =>
    resultsIn(await post(plesk, inCustomer(setting(filterBy('login', 'carl'), { locale: 'de-DE' })))),
  'server/set': async (plesk) =>
    resultsIn(await post(plesk, inServer('<set><admin><admin_locale>de-DE</admin_locale></admin></set>'))),
};

const REFUSED = [expect.stringMatching(/^1019 /)];

it.each([
  ['create_session', 'en-US', 'de-DE'],
  ['the login form', 'en', 'de'],
  ['a login', 'en-US', 'de-DE'],
  ['customer/add', REFUSED, ['ok']],
  ['customer/set', REFUSED, ['ok']],
  ['server/set', REFUSED, ['ok']],
])('cannot be chosen by %s while it is switched off, and again when it is on', async (name, off, on) => {
  const { plesk } = await start();
  await post(plesk, turn('disable', 'de-DE'));
  expect(await CHOICES[name]?.(plesk)).toEqual(off);

  await post(plesk, turn('enable', 'de-DE'));
  expect(await CHOICES[name]?.(plesk)).toEqual(on);
});

it('counts who has a language, the administrator too, through add, set and del', async () => {
  const { plesk } = await start();
  expect(await used(plesk)).toEqual({ 'de-DE': '1', 'en-US': '4' });

  await post(plesk, inCustomer(adding({ locale: 'fr-FR' })));
  await post(plesk, inCustomer(setting(filterBy('login', 'carl'), { locale: 'fr-FR' })));
  await post(plesk, inCustomer(`<del>${filterBy('login', 'cora')}</del>`));

  expect(await used(plesk)).toEqual({ 'en-US': '3', 'fr-FR': '2' });
});

it.each(RELEASES.map(({ plesk, locales }) => [plesk, locales] as const))(
  'lists the locales of %s in order, each under its language',
  async (release, locales) => {
    const { plesk } = await start({ plesk: release });

    const body = await post(plesk, GET_ALL);

    expect(textsOf(body, 'id')).toEqual([...locales].sort());
    for (const [at, id] of textsOf(body, 'id').entries()) {
      const [language, country] = LOCALE_NAMES[id as keyof typeof LOCALE_NAMES];
      expect([textsOf(body, 'lang')[at], textsOf(body, 'country')[at]]).toEqual([language, country]);
    }
  },
);

it('lets everything be switched off but the default language', async () => {
  const { plesk } = await start();

  const answer = await post(plesk, turn('disable'));
  const enabled = textsOf(await post(plesk, GET_ALL), 'enabled');

  expect(resultsIn(answer).filter((result) => result !== 'ok')).toEqual([
    "1023 The locale 'en-US' is the default and cannot be disabled.",
  ]);
  expect(enabled.filter((value) => value === 'true')).toHaveLength(1);
  await post(plesk, turn('enable'));
  expect(textsOf(await post(plesk, GET_ALL), 'enabled')).not.toContain('false');
});

it('is on again after a rollback', async () => {
  const { plesk } = await start();
  await plesk.mark();
  await post(plesk, turn('disable', 'de-DE'));

  await plesk.rollback();

  expect(textsOf(await post(plesk, GET_ALL), 'enabled')).not.toContain('false');
});

it('says in the log that a message is its own key', async () => {
  const { plesk, lines } = await start();

  await post(plesk, inLocale('<get-message><filter><key>a</key></filter><id>en-US</id></get-message>'));

  expect(lines.join('\n')).toContain("Plesk's texts are not here");
});
