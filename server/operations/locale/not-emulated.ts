import { seq, text } from '../../protocol/shape.ts';
import { verbatim } from '../../protocol/simple-types.ts';
import { documented } from '../../protocol/source.ts';
import { defineShape } from '../define.ts';
import { localeFilter } from './filter.ts';

const SCHEMA = 'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source); plesk/api-schemas 1.6.7.0';

export const installLocale = defineShape({
  operator: 'locale',
  name: 'install',
  source: documented(SCHEMA, 'a file name; up to 1.6.6.0'),
  request: seq({ filename: text(verbatim) }),
  callers: 'administrator',
});

export const removeLocales = defineShape({
  operator: 'locale',
  name: 'remove',
  source: documented(SCHEMA, 'the locales of a filter; up to 1.6.6.0'),
  request: seq({ filter: localeFilter }),
  callers: 'administrator',
});
