import { documented } from '../../protocol/source.ts';
import { defineOperation } from '../define.ts';
import { miscResult } from './misc.ts';

export const deleteMisc = defineOperation({
  operator: 'server',
  name: 'del_misc',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'the names are unset; ok also for one that was not set, assumed',
  ),
  callers: 'administrator',
  run({ filter }, { panel, remark }) {
    const misc = new Map(Object.entries(panel.server.now.misc));
    const results = filter.property.map(({ name }) => {
      if (misc.delete(name)) remark(`unset the property ${name}`);
      return miscResult(name);
    });
    // Once for all of them: a packet may have thousands.
    panel.server.change({ misc: Object.fromEntries(misc) });
    return results;
  },
});
