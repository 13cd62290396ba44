import type { Fault } from '../protocol/faults.ts';
import { FAULTS } from '../protocol/faults.ts';
import type { Rule } from '../protocol/source.ts';
import { assumed, documented } from '../protocol/source.ts';
import type { Account } from '../state/account.ts';
import type { Panel } from '../state/panel.ts';
import { nameOfKey } from '../state/secret-keys.ts';

export const KEY_RULES: readonly Rule[] = [
  {
    id: 'authentication/key-owner',
    source: documented(
      'docs.plesk.com articles 37121 and 37131',
      'who calls with a key is the account that it is for',
    ),
  },
  {
    id: 'authentication/key-of-nobody',
    source: assumed('an account takes its keys with it', 'the key of an account that is gone is unknown'),
  },
];

/** The account that a secret key stands for, where the key may be used from this address. */
export function accountOfKey(key: string, address: string, panel: Panel): Account | Fault {
  const { secretKeys, accounts, release } = panel;
  const unknown = (why: string): Fault => FAULTS.unknownKey(release.unknownKeyText, why);
  if (key === '') return unknown('KEY is empty');
  const found = secretKeys.byKey(key);
  if (found === undefined) return unknown(whyUnknown(key, panel));
  const name = nameOfKey(key);
  const account = accounts.get(found.accountId);
  if (account === undefined) return unknown(`the account of ${name} is gone`);
  if (found.addresses.length > 0 && !found.addresses.includes(address)) {
    return FAULTS.foreignKey(
      `${name} is bound to ${found.addresses.join(', ')}; the packet came from ${address}`,
    );
  }
  return account;
}

function whyUnknown(key: string, { secretKeys }: Panel): string {
  if (secretKeys.get(key) !== undefined) {
    return `${nameOfKey(key)} is the id that get_info shows; KEY takes what create answered`;
  }
  return `there is no ${nameOfKey(key)}; was it made by this emulator, and since its start or last reset?`;
}
