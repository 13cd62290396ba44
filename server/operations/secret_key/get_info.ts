import { element } from '../../protocol/answer-xml.ts';
import { FAULTS } from '../../protocol/faults.ts';
import type { Result } from '../../protocol/result.ts';
import { ok } from '../../protocol/result.ts';
import { documented } from '../../protocol/source.ts';
import type { Panel } from '../../state/panel.ts';
import { nameOfKey } from '../../state/secret-keys.ts';
import { defineOperation } from '../define.ts';
import { findKey, namesIn, shownKey } from './filter.ts';

export const getSecretKeys = defineOperation({
  operator: 'secret_key',
  name: 'get_info',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source); docs.plesk.com article 37121',
    'key, ip_address, description and login of each key; the login is assumed to stand always',
  ),
  callers: 'administrator',
  run({ filter }, { panel }) {
    const results = namesIn(filter.key, panel).map((name) => keyInfo(name, panel));
    return results.length === 0 ? ok() : results;
  },
});

function keyInfo(name: string, panel: Panel): Result {
  const found = findKey(name, panel);
  if (found === undefined) {
    return FAULTS.noSuchKey(`there is no ${nameOfKey(name)}`, element('key', name));
  }
  const owner = panel.accounts.get(found.accountId);
  return ok([
    element('key_info', [
      element('key', shownKey(found, panel)),
      element('ip_address', found.addresses.join(',')),
      element('description', found.description),
      ...(owner === undefined ? [] : [element('login', owner.login)]),
    ]),
  ]);
}
