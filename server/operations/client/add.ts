import { assumed } from '../../protocol/source.ts';
import { addCustomer } from '../customer/add.ts';
import { renameOperation } from '../define.ts';

export const addClient = renameOperation(addCustomer, {
  operator: 'client',
  name: 'add',
  source: assumed(
    'the templates of WHMCS for 1.0.0.0',
    'as customer/add: the same gen_info makes a customer',
  ),
});
