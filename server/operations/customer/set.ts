import { Fault } from '../../protocol/faults.ts';
import { observed } from '../../protocol/source.ts';
import { changeAccount } from '../../state/account-changes.ts';
import { readValues } from '../accounts/read-values.ts';
import { NOTHING_MORE, resultsFor } from '../accounts/results.ts';
import { select } from '../accounts/select.ts';
import { defineOperation } from '../define.ts';
import { takenLogin } from './taken-login.ts';

export const setCustomers = defineOperation({
  operator: 'customer',
  name: 'set',
  source: observed(
    'molisoft/plesk_lib spec/vcr on 11.5.30',
    'status, filter-id and id of each; the owner cannot be set',
  ),
  callers: 'anyone',
  run: ({ filter, values: { gen_info: given = {} } }, call) =>
    resultsFor(select(filter, 'customer', call), (account) => {
      const change = readValues(given, account, takenLogin(call), call);
      if (change instanceof Fault) return change;
      changeAccount(account, change, call.panel);
      call.remark(`set ${Object.keys(given).join(', ') || 'nothing'} of ${account.login}`);
      return NOTHING_MORE;
    }),
});
