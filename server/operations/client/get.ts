import { assumed } from '../../protocol/source.ts';
import { getCustomers } from '../customer/get.ts';
import { renameOperation } from '../define.ts';

/** What customers of Plesk 8 and 9 had and those of the emulator have not. */
const OF_OLD = ['limits', 'permissions', 'ip_pool'] as const;

export const getClients = renameOperation(getCustomers, {
  operator: 'client',
  name: 'get',
  source: assumed(
    'the templates of WHMCS for 1.0.0.0; a public client of 1.4.2.0',
    'as customer/get, datasets in any order; limits, permissions and ip_pool are taken and left out',
  ),
  unread: ({ dataset }) => OF_OLD.filter((name) => name in dataset).map((name) => `dataset/${name}`),
});
