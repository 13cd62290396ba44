import type { Fault } from '../../protocol/faults.ts';
import { FAULTS } from '../../protocol/faults.ts';
import { documented } from '../../protocol/source.ts';
import { defineOperation } from '../define.ts';
import { miscResult } from './misc.ts';

export const setMisc = defineOperation({
  operator: 'server',
  name: 'set_misc',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'texts under names, kept and answered',
  ),
  callers: 'administrator',
  run({ filter }, { panel, remark }) {
    const misc = new Map(Object.entries(panel.server.now.misc));
    const results = filter.property.map(({ name, value }) => {
      const fault = misfit(name, value);
      if (fault !== undefined) return fault;
      misc.set(name, value);
      remark(`set the property ${name}`);
      return miscResult(name, value);
    });
    // Once for all of them: a packet may have thousands.
    panel.server.change({ misc: Object.fromEntries(misc) });
    return results;
  },
});

function misfit(name: string, value: string): Fault | undefined {
  if (name === '') return FAULTS.invalidValue('The name of a property is empty');
  if (lengthOf(name) > MOST_NAME)
    return FAULTS.invalidValue(`The name of a property is longer than ${MOST_NAME} characters`);
  if (lengthOf(value) > MOST_VALUE)
    return FAULTS.invalidValue(`The value of ${name} is longer than ${MOST_VALUE} characters`);
  return undefined;
}

const MOST_NAME = 255;
const MOST_VALUE = 2000;

const lengthOf = (text: string): number => Array.from(text).length;
