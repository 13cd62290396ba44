import { element } from '../../protocol/answer-xml.ts';
import { FAULTS } from '../../protocol/faults.ts';
import { ok } from '../../protocol/result.ts';
import { documented } from '../../protocol/source.ts';
import { DEFAULT_LOCALE } from '../../protocol/versions/releases.ts';
import { defineOperation } from '../define.ts';
import { resultsForLocales } from './filter.ts';

export const disableLocales = defineOperation({
  operator: 'locale',
  name: 'disable',
  source: documented(
    'docs.plesk.com article 40831',
    'the locales of a filter, but never the default language; 1023 for it is assumed',
  ),
  callers: 'administrator',
  run: ({ filter }, { panel, remark }) =>
    resultsForLocales(filter, panel, (locale) => {
      if (locale === DEFAULT_LOCALE)
        return FAULTS.inUse(`The locale '${locale}' is the default and cannot be disabled.`);
      const { disabledLocales } = panel.server.now;
      if (!disabledLocales.includes(locale)) {
        panel.server.change({ disabledLocales: [...disabledLocales, locale] });
        remark(`disabled ${locale}`);
      }
      return ok([element('filter-id', locale), element('id', locale)]);
    }),
});
