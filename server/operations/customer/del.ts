import { observed } from '../../protocol/source.ts';
import { removeAccount } from '../../state/account-changes.ts';
import { NOTHING_MORE, resultsFor } from '../accounts/results.ts';
import { select } from '../accounts/select.ts';
import { defineOperation } from '../define.ts';

export const deleteCustomers = defineOperation({
  operator: 'customer',
  name: 'del',
  source: observed(
    'plesk/api-examples e867ce5 and 39a2579',
    'status, filter-id and id of each; sessions and keys go with it, assumed',
  ),
  callers: 'owners',
  run: ({ filter }, call) =>
    resultsFor(select(filter, 'customer', call), (account) => {
      removeAccount(account, call.panel);
      call.remark(`removed ${account.login} (${account.id})`);
      return NOTHING_MORE;
    }),
});
