import type { Rule } from '../../protocol/source.ts';
import { assumed, documented, observed } from '../../protocol/source.ts';
import type { Panel } from '../../state/panel.ts';
import type { SecretKey } from '../../state/secret-keys.ts';

export const KEY_FILTER_RULES: readonly Rule[] = [
  {
    id: 'secret-key/results',
    source: assumed(
      'the schema allows it, plesk/api-php-lib reads it',
      'a result for each key, in the order of the filter, or of their making',
    ),
  },
  {
    id: 'secret-key/none',
    source: observed(
      'plesk/api-php-lib SecretKeyTest::testListEmpty',
      'an empty filter where there is no key: one bare ok',
    ),
  },
  {
    id: 'secret-key/id',
    source: documented(
      'docs.plesk.com articles 37121 and 73880',
      'from 18.0.33 get_info shows an id, which delete takes; a filter takes the key too',
    ),
  },
  {
    id: 'secret-key/id-form',
    source: assumed('plesk/db-schemas 18.0.51 has a lookupId of 8 characters', 'the id has eight hex digits'),
  },
];

/** A key by what a filter calls it. */
export const findKey = (name: string, { secretKeys, release }: Panel): SecretKey | undefined =>
  secretKeys.byKey(name) ?? (release.secretKeysReadable ? undefined : secretKeys.get(name));

/** What an answer shows of a key: the key itself, or its id where keys cannot be read any more. */
export const shownKey = ({ key, id }: SecretKey, { release }: Panel): string =>
  release.secretKeysReadable ? key.reveal() : id;
