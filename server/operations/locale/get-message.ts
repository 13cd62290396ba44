import { element } from '../../protocol/answer-xml.ts';
import { FAULTS } from '../../protocol/faults.ts';
import { ok } from '../../protocol/result.ts';
import { documented } from '../../protocol/source.ts';
import { defineOperation } from '../define.ts';
import { noSuchLocale } from './rules.ts';

export const getMessages = defineOperation({
  operator: 'locale',
  name: 'get-message',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'a result for each key: filter-id, the locale and the message',
  ),
  callers: 'administrator',
  run({ filter: { key: keys }, id: locale }, { panel, remark }) {
    const isInstalled = panel.release.locales.includes(locale);
    if (isInstalled) remark("Plesk's texts are not here: a key answers itself");
    return keys.map((key) => {
      const about = element('filter-id', key);
      if (!isInstalled) return noSuchLocale(locale).of(about);
      if (!KEY.test(key))
        return FAULTS.noSuchObject('Message does not exist.', 'no key of a message looks so').of(about);
      return ok([about, element('id', locale), element('message', key)]);
    });
  },
});

const KEY = /^[\w.-]+$/;
