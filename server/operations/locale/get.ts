import { element } from '../../protocol/answer-xml.ts';
import { ok } from '../../protocol/result.ts';
import { observed } from '../../protocol/source.ts';
import { localeName } from '../../protocol/versions/locale-names.ts';
import { isOffered } from '../../state/locales.ts';
import { defineOperation } from '../define.ts';
import { resultsForLocales } from './filter.ts';

export const getLocales = defineOperation({
  operator: 'locale',
  name: 'get',
  source: observed(
    'plesk/api-examples e867ce5 and 39a2579',
    'a result for each, ascending, with info alone; used counts all accounts that have it',
  ),
  callers: 'administrator',
  run: ({ filter }, { panel }) =>
    resultsForLocales(filter, panel, (locale) => {
      const [language, country] = localeName(locale);
      return ok([
        element('info', [
          element('id', locale),
          element('lang', language),
          element('country', country),
          element('used', String(panel.accounts.count('locale', locale))),
          element('enabled', String(isOffered(locale, panel))),
        ]),
      ]);
    }),
});
