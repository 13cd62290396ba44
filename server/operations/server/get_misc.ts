import { documented } from '../../protocol/source.ts';
import { defineOperation } from '../define.ts';
import { miscResult } from './misc.ts';

export const getMisc = defineOperation({
  operator: 'server',
  name: 'get_misc',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'the texts that set_misc kept, by their names',
  ),
  callers: 'administrator',
  run: ({ filter }, { panel }) =>
    filter.property.map(({ name }) => {
      const { misc } = panel.server.now;
      return miscResult(name, Object.hasOwn(misc, name) ? misc[name] : undefined);
    }),
});
