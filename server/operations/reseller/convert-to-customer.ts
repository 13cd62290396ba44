import { FAULTS } from '../../protocol/faults.ts';
import { documented } from '../../protocol/source.ts';
import { changeAccount } from '../../state/account-changes.ts';
import { NOTHING_MORE, resultsFor } from '../accounts/results.ts';
import { select } from '../accounts/select.ts';
import { defineOperation } from '../define.ts';

export const convertToCustomers = defineOperation({
  operator: 'reseller',
  name: 'convert-to-customer',
  source: documented(
    'docs.plesk.com articles 73474 and 73398',
    'contact data stays, what was granted goes; 1023 while it has customers, assumed',
  ),
  callers: 'administrator',
  run: ({ filter, 'plan-name': plan }, call) =>
    resultsFor(select(filter, 'reseller', call), (account) => {
      const { id, login } = account;
      const customers = call.panel.accounts.count('owner', id);
      if (customers > 0) return FAULTS.inUse('The reseller has customers.', `${login} has ${customers}`);
      if (plan !== undefined)
        return FAULTS.noSuchObject('Plan does not exist.', `there are no plans, nor '${plan}'`);
      changeAccount(account, { role: 'customer', terms: undefined }, call.panel);
      call.remark(`made ${login} a customer`);
      return NOTHING_MORE;
    }),
});
