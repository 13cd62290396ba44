import { normalAddress } from '../../../base/addresses.ts';
import { Secret } from '../../../base/secret.ts';
import { element } from '../../protocol/answer-xml.ts';
import { Fault, FAULTS } from '../../protocol/faults.ts';
import { ok } from '../../protocol/result.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented, observed } from '../../protocol/source.ts';
import type { Account } from '../../state/account.ts';
import { suspension } from '../../state/admission.ts';
import { idOfKey, keyFrom } from '../../state/secret-keys.ts';
import type { Call } from '../define.ts';
import { defineOperation } from '../define.ts';

export const CREATE_KEY_RULES: readonly Rule[] = [
  {
    id: 'secret-key/form',
    source: observed('plesk/api-php-lib SecretKeyTest', 'a new key is 8-4-4-4-12 lower-case hex digits'),
  },
  {
    id: 'secret-key/addresses',
    source: observed(
      'plesk/api-php-lib SecretKeyTest::testCreateMultiIps',
      'ip_address may be several with commas between, and is answered so',
    ),
  },
  {
    id: 'secret-key/address-form',
    source: assumed('nobody has recorded it', 'blanks separate addresses too; 1019 where one is none'),
  },
  {
    id: 'secret-key/no-address',
    source: documented(
      'docs.plesk.com articles 37131 and 73881',
      "without ip_address the sender's; newer pages say any: setting keyWithoutAddress",
    ),
  },
  {
    id: 'secret-key/owner',
    source: documented(
      'docs.plesk.com article 37131',
      'the login of an active customer or reseller; without it the administrator',
    ),
  },
  {
    id: 'secret-key/owner-faults',
    source: assumed('the code table', '1013 for a login that is unknown, 1011 for one that is suspended'),
  },
];

export const createSecretKey = defineOperation({
  operator: 'secret_key',
  name: 'create',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source); docs.plesk.com articles 37121 and 37131',
    'ip_address, description and login in this order, each optional; answers the key',
  ),
  callers: 'administrator',
  run({ ip_address: given = '', description = '', login = '' }, call) {
    const { panel, remark } = call;
    const owner = ownerOf(login, call);
    if (owner instanceof Fault) return owner;
    const addresses = addressesOf(given, call);
    if (addresses instanceof Fault) return addresses;
    const key = keyFrom(panel.ids.hex32());
    panel.secretKeys.put({
      key: new Secret(key),
      id: idOfKey(key, (id) => panel.secretKeys.get(id) !== undefined),
      addresses,
      description,
      accountId: owner.id,
    });
    remark(`for ${owner.login} from ${addresses.length === 0 ? 'anywhere' : addresses.join(', ')}`);
    return ok([element('key', key)]);
  },
});

/** Whose login and password the key stands for. */
function ownerOf(login: string, { caller, panel }: Call): Account | Fault {
  if (login === '') return caller;
  const account = panel.accounts.byLogin(login);
  if (account === undefined) return FAULTS.noSuchUser(login);
  const suspended = suspension(account, panel);
  return suspended === undefined ? account : FAULTS.accountDisabled(login, suspended);
}

/** In normal form, each once; none means any. */
function addressesOf(given: string, { panel, address, remark }: Call): readonly string[] | Fault {
  const texts = given.split(/[\s,]+/).filter((text) => text !== '');
  if (texts.length === 0) {
    if (panel.settings.keyWithoutAddress === 'any') return [];
    remark("no ip_address: bound to the caller's own");
    return [address];
  }
  const addresses = new Set<string>();
  for (const text of texts) {
    const normal = normalAddress(text);
    if (normal === undefined) return FAULTS.invalidValue(`'${text}' is no IP address`);
    addresses.add(normal);
  }
  return [...addresses];
}
