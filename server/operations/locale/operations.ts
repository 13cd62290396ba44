import { element } from '../../protocol/answer-xml.ts';
import { FAULTS } from '../../protocol/faults.ts';
import { documented, observed } from '../../protocol/source.ts';
import { localeName } from '../../protocol/versions/locale-names.ts';
import { DEFAULT_LOCALE } from '../../protocol/versions/releases.ts';
import { isOffered } from '../../state/locales.ts';
import { findBy } from '../filter.ts';
import { NO_IDENTITY, verbsOf } from '../resource.ts';
import { noSuchLocale } from './rules.ts';

const idOf = (locale: string): string => locale;

const locale = verbsOf({
  operator: 'locale',
  find: findBy(
    { id: (id, { panel }) => (panel.release.locales.includes(id) ? [id] : noSuchLocale(id)) },
    ({ panel }) => [...panel.release.locales].sort(),
    idOf,
  ),
  idOf,
});

export const getLocales = locale.each('get', {
  source: observed(
    'plesk/api-examples e867ce5 and 39a2579',
    'a result for each, ascending, with info alone; used counts all accounts that have it',
  ),
  callers: 'administrator',
  identity: NO_IDENTITY,
  answer(id, _input, { panel }) {
    const [language, country] = localeName(id);
    return [
      element('info', [
        element('id', id),
        element('lang', language),
        element('country', country),
        element('used', String(panel.accounts.count('locale', id))),
        element('enabled', String(isOffered(id, panel))),
      ]),
    ];
  },
});

export const enableLocales = locale.each('enable', {
  source: documented('docs.plesk.com article 40824', 'the locales of a filter can be chosen again'),
  callers: 'administrator',
  answer(id, _input, { panel, remark }) {
    const { disabledLocales } = panel.server.now;
    if (!disabledLocales.includes(id)) return undefined;
    panel.server.change({ disabledLocales: disabledLocales.filter((one) => one !== id) });
    remark(`enabled ${id}`);
    return undefined;
  },
});

export const disableLocales = locale.each('disable', {
  source: documented(
    'docs.plesk.com article 40831',
    'the locales of a filter, but never the default language; 1023 for it is assumed',
  ),
  callers: 'administrator',
  answer(id, _input, { panel, remark }) {
    if (id === DEFAULT_LOCALE)
      return FAULTS.inUse(`The locale '${id}' is the default and cannot be disabled.`);
    const { disabledLocales } = panel.server.now;
    if (disabledLocales.includes(id)) return undefined;
    panel.server.change({ disabledLocales: [...disabledLocales, id] });
    remark(`disabled ${id}`);
    return undefined;
  },
});

export { getMessages } from './get-message.ts';
