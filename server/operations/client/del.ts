import { assumed } from '../../protocol/source.ts';
import { deleteCustomers } from '../customer/del.ts';
import { renameOperation } from '../define.ts';

export const deleteClients = renameOperation(deleteCustomers, {
  operator: 'client',
  name: 'del',
  source: assumed('the templates of WHMCS for 1.0.0.0', 'as customer/del'),
});
