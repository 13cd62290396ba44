import { element } from '../../protocol/answer-xml.ts';
import { ok } from '../../protocol/result.ts';
import { documented } from '../../protocol/source.ts';
import { defineOperation } from '../define.ts';
import { resultsForLocales } from './filter.ts';

export const enableLocales = defineOperation({
  operator: 'locale',
  name: 'enable',
  source: documented('docs.plesk.com article 40824', 'the locales of a filter can be chosen again'),
  callers: 'administrator',
  run: ({ filter }, { panel, remark }) =>
    resultsForLocales(filter, panel, (locale) => {
      const { disabledLocales } = panel.server.now;
      if (disabledLocales.includes(locale)) {
        panel.server.change({ disabledLocales: disabledLocales.filter((one) => one !== locale) });
        remark(`enabled ${locale}`);
      }
      return ok([element('filter-id', locale), element('id', locale)]);
    }),
});
