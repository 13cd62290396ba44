import { FAULTS } from '../../protocol/faults.ts';
import { documented } from '../../protocol/source.ts';
import { changeAccount } from '../../state/account-changes.ts';
import type { Panel } from '../../state/panel.ts';
import type { ServerAddress } from '../../state/server-settings.ts';
import { defineOperation } from '../define.ts';
import { resellersWith, resultsForAddresses } from './addresses.ts';

export const deleteAddresses = defineOperation({
  operator: 'ip',
  name: 'del',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source); the manual of 12.5',
    'a result for each address of a filter, with the address',
  ),
  callers: 'administrator',
  run: ({ filter }, { panel, remark }) =>
    resultsForAddresses(filter, panel, (found) => {
      if (found.isDefault)
        return FAULTS.addressInUse(
          `IP address ${found.address} is the server's own and cannot be removed.`,
          'it is the default address',
        );
      remark(`removed ${found.address}`);
      removeAddress(found, panel);
      return undefined;
    }),
});

function removeAddress(gone: ServerAddress, panel: Panel): void {
  const { server } = panel;
  for (const reseller of resellersWith(gone, panel)) {
    const { terms } = reseller;
    if (terms === undefined) continue;
    const pool = terms.pool.filter(({ address }) => address !== gone.address);
    changeAccount(reseller, { terms: { ...terms, pool } }, panel);
  }
  server.change({ addresses: server.now.addresses.filter(({ address }) => address !== gone.address) });
}
