import { observed } from '../../protocol/source.ts';
import { CUSTOMERS } from '../accounts/resource.ts';
import { addCustomer, deleteCustomers, setCustomers } from '../customer/operations.ts';
import { renameOperation } from '../define.ts';
import { verbsOf } from '../resource.ts';

const client = verbsOf({ operator: 'client', ...CUSTOMERS });

export const addClient = renameOperation(addCustomer, {
  operator: 'client',
  name: 'add',
  source: observed(
    'plesk/whmcs-plugin, templates of 1.0.0.0',
    'as customer/add: the same gen_info makes a customer; the answer is assumed',
  ),
});

export const getClients = client.get({
  source: observed(
    'plesk/whmcs-plugin, templates of 1.0.0.0; a public client of 1.4.2.0',
    'as customer/get; left out, which is assumed: limits, permissions and ip_pool',
  ),
  callers: 'anyone',
  // What customers of Plesk 8 and 9 had and those of the emulator have not.
  unread: ({ dataset }) =>
    (['limits', 'permissions', 'ip_pool'] as const)
      .filter((name) => name in dataset)
      .map((name) => `dataset/${name}`),
});

export const setClients = renameOperation(setCustomers, {
  operator: 'client',
  name: 'set',
  source: observed('plesk/whmcs-plugin, templates of 1.0.0.0', 'as customer/set; the answer is assumed'),
});

export const deleteClients = renameOperation(deleteCustomers, {
  operator: 'client',
  name: 'del',
  source: observed('plesk/whmcs-plugin, templates of 1.0.0.0', 'as customer/del; the answer is assumed'),
});

export { addToPoolOfClient } from './ippool_add_ip.ts';
