import { element } from '../../protocol/answer-xml.ts';
import { FAULTS } from '../../protocol/faults.ts';
import type { Result } from '../../protocol/result.ts';
import { ok } from '../../protocol/result.ts';
import { documented } from '../../protocol/source.ts';
import type { Panel } from '../../state/panel.ts';
import { nameOfKey } from '../../state/secret-keys.ts';
import { defineOperation } from '../define.ts';
import { findKey, namesIn } from './filter.ts';

export const deleteSecretKeys = defineOperation({
  operator: 'secret_key',
  name: 'delete',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source); docs.plesk.com article 37121',
    'the keys of a filter, each answered as it was asked for',
  ),
  callers: 'administrator',
  run({ filter }, { panel }) {
    const results = namesIn(filter.key, panel).map((name) => deleteKey(name, panel));
    return results.length === 0 ? ok() : results;
  },
});

function deleteKey(name: string, panel: Panel): Result {
  const found = findKey(name, panel);
  if (found === undefined) {
    return FAULTS.noSuchKey(`there is no ${nameOfKey(name)}`, element('key', name));
  }
  panel.secretKeys.remove(found);
  return ok([element('key', name)]);
}
