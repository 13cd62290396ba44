import { assumed } from '../../protocol/source.ts';
import { setCustomers } from '../customer/set.ts';
import { renameOperation } from '../define.ts';

export const setClients = renameOperation(setCustomers, {
  operator: 'client',
  name: 'set',
  source: assumed('the templates of WHMCS for 1.0.0.0', 'as customer/set'),
});
