import { element } from '../../protocol/answer-xml.ts';
import { FAULTS } from '../../protocol/faults.ts';
import { documented, observed } from '../../protocol/source.ts';
import type { SecretKey } from '../../state/secret-keys.ts';
import { nameOfKey } from '../../state/secret-keys.ts';
import { findBy } from '../filter.ts';
import { identityIn, NO_IDENTITY, verbsOf } from '../resource.ts';
import { findKey, shownKey } from './shown-key.ts';

const secretKey = verbsOf<'secret_key', SecretKey>({
  operator: 'secret_key',
  find: findBy(
    {
      key: (name, { panel }) => {
        const found = findKey(name, panel);
        return found === undefined ? FAULTS.noSuchKey(`there is no ${nameOfKey(name)}`) : [found];
      },
    },
    ({ panel }) => [...panel.secretKeys.all()],
    (key, { panel }) => shownKey(key, panel),
  ),
  idOf: ({ id }) => id,
  identity: identityIn('key'),
  faultIdentity: identityIn('key'),
});

export const getSecretKeys = secretKey.each('get_info', {
  source: observed(
    'plesk/api-examples e867ce5 and 39a2579; docs.plesk.com article 37121',
    "key, ip_address, description and login of each key, the administrator's too",
  ),
  callers: 'administrator',
  identity: NO_IDENTITY,
  answer(key, _input, { panel }) {
    const owner = panel.accounts.get(key.accountId);
    return [
      element('key_info', [
        element('key', shownKey(key, panel)),
        element('ip_address', key.addresses.join(',')),
        element('description', key.description),
        ...(owner === undefined ? [] : [element('login', owner.login)]),
      ]),
    ];
  },
});

export const deleteSecretKeys = secretKey.del({
  name: 'delete',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source); docs.plesk.com article 37121',
    'the keys of a filter, each answered as it was asked for',
  ),
  callers: 'administrator',
  remove(key, { panel }) {
    panel.secretKeys.remove(key);
    return undefined;
  },
});

export { createSecretKey } from './create.ts';
