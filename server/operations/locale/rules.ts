import type { Fault } from '../../protocol/faults.ts';
import { FAULTS } from '../../protocol/faults.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented } from '../../protocol/source.ts';

export const LOCALE_RULES: readonly Rule[] = [
  {
    id: 'locale/unknown',
    source: assumed('the code table', '1013 with filter-id for a locale that is not installed'),
  },
  {
    id: 'locale/switch',
    source: documented(
      'docs.plesk.com articles 40824 and 40831',
      'filter-id and id are both the locale; an empty filter means all',
    ),
  },
  {
    id: 'locale/disabled',
    source: assumed(
      'nobody has recorded it',
      'one switched off cannot be chosen any more; who has it keeps it',
    ),
  },
  {
    id: 'locale/message',
    source: assumed(
      "Plesk's texts are not here",
      'a key answers itself; 1013 for what no key can be, or an unknown locale',
    ),
  },
];

/** The fault for a locale that is not installed. */
export const noSuchLocale = (locale: string): Fault =>
  FAULTS.noSuchObject('Locale does not exist.', `'${locale}' is no locale of this release`);
