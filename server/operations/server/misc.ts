import type { Ok } from '../../protocol/result.ts';
import { element } from '../../protocol/answer-xml.ts';
import { ok } from '../../protocol/result.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented } from '../../protocol/source.ts';

export const MISC_RULES: readonly Rule[] = [
  {
    id: 'misc/names',
    source: assumed(
      "whether Plesk's own table is meant is not stated",
      'names are free and begin unset; nothing else reads them',
    ),
  },
  {
    id: 'misc/blanks',
    source: assumed(
      'the schema has it for set_misc alone',
      'blanks around a name go and those within become one, in all three operations',
    ),
  },
  {
    id: 'misc/results',
    source: assumed(
      'the schema has any number',
      'a result for each property; one that is unset has no value',
    ),
  },
  {
    id: 'misc/lengths',
    source: documented(
      'plesk/db-schemas 12.5 to 18.0',
      'names up to 255 characters, values up to 2000; 1019, also without a name, assumed',
    ),
  },
];

/** The answer for one property; without a value for one that is not set. */
export const miscResult = (name: string, value?: string): Ok =>
  ok([
    element('property', [element('name', name), ...(value === undefined ? [] : [element('value', value)])]),
  ]);
