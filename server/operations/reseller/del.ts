import { FAULTS } from '../../protocol/faults.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, observed } from '../../protocol/source.ts';
import { removeAccount } from '../../state/account-changes.ts';
import { NOTHING_MORE, resultsFor } from '../accounts/results.ts';
import { select } from '../accounts/select.ts';
import { defineOperation } from '../define.ts';

export const RESELLER_DEL_RULE: Rule = {
  id: 'reseller-del/customers',
  source: assumed(
    'the database links them without a cascade',
    'its customers go with it; by the setting resellerWithCustomers 1023 while there are any',
  ),
};

export const deleteResellers = defineOperation({
  operator: 'reseller',
  name: 'del',
  source: observed(
    'plesk/api-examples e867ce5 and 39a2579',
    'status, filter-id and id of each; sessions and keys go with it, assumed',
  ),
  callers: 'administrator',
  run: ({ filter }, call) =>
    resultsFor(select(filter, 'reseller', call), (account) => {
      const { accounts, settings } = call.panel;
      const { id, login } = account;
      const customers = accounts.count('owner', id);
      if (settings.resellerWithCustomers === 'refuse' && customers > 0)
        return FAULTS.inUse(
          'The reseller has customers.',
          `${login} has ${customers} (setting resellerWithCustomers)`,
        );
      removeAccount(account, call.panel);
      call.remark(`removed the reseller ${login} (${id}) and ${customers} customers`);
      return NOTHING_MORE;
    }),
});
