import * as z from 'zod';
import { normalAddress } from '../../../base/addresses.ts';
import { Secret } from '../../../base/secret.ts';
import type { Panel } from '../../state/panel.ts';
import { ADMIN } from '../../state/seed-state.ts';
import type { SecretKey } from '../../state/secret-keys.ts';
import { idOfKey, keyFrom } from '../../state/secret-keys.ts';
import { SeedKey } from '../../state/seed/keys.ts';
import { ControlError } from '../control-error.ts';
import type { SecretKeyShown } from '../interface.ts';
import { findAccount } from './accounts.ts';
import { pageOf } from '../page.ts';
import { defineCall, PAGE, thereAre } from './call.ts';

const Shown = z.strictObject({
  id: z.string(),
  login: z.string(),
  ipAddresses: z.array(z.string()),
  description: z.string(),
});

export const SECRET_KEY_CALLS = {
  'secretKeys.list': defineCall({
    input: z.strictObject(PAGE),
    output: z.array(Shown),
    run: (page, { panel }) =>
      pageOf(panel.secretKeys.all(), page, ({ id }) => id).map((key) => shownKey(key, panel)),
  }),
  'secretKeys.add': defineCall({
    input: SeedKey.partial({ key: true }),
    output: Shown.extend({ key: z.string() }),
    run: ({ key, ipAddresses, description, login = ADMIN }, { panel }) => {
      const { secretKeys, ids } = panel;
      const account = findAccount(login, panel, 'login');
      const text = key ?? keyFrom(ids.hex32());
      if (secretKeys.byKey(text) !== undefined)
        throw new ControlError(409, ['key: there is such a key already']);
      const made: SecretKey = {
        key: new Secret(text),
        id: idOfKey(text, (id) => secretKeys.get(id) !== undefined),
        addresses: [...new Set(ipAddresses.map((address) => normalAddress(address) ?? address))],
        description,
        accountId: account.id,
      };
      secretKeys.put(made);
      return { ...shownKey(made, panel), key: text };
    },
  }),
  'secretKeys.remove': defineCall({
    input: z.strictObject({ id: z.string() }),
    run: ({ id }, { panel: { secretKeys } }) => {
      const found = secretKeys.get(id) ?? secretKeys.byKey(id);
      if (found === undefined) {
        const ids = [...secretKeys.all()].map((key) => key.id);
        throw new ControlError(404, [`id: there is no such secret key;${thereAre(ids, undefined)}`]);
      }
      secretKeys.remove(found);
    },
  }),
} as const;

const shownKey = (
  { id, addresses, description, accountId }: SecretKey,
  { accounts }: Panel,
): SecretKeyShown => ({
  id,
  login: accounts.get(accountId)?.login ?? '',
  ipAddresses: addresses,
  description,
});
