import { FAULTS } from '../../protocol/faults.ts';
import { documented } from '../../protocol/source.ts';
import { changeAccount } from '../../state/account-changes.ts';
import { NO_TERMS } from '../../state/reseller-terms.ts';
import { NOTHING_MORE, resultsFor } from '../accounts/results.ts';
import { select } from '../accounts/select.ts';
import { defineOperation } from '../define.ts';

export const convertToResellers = defineOperation({
  operator: 'customer',
  name: 'convert-to-reseller',
  source: documented(
    'docs.plesk.com article 60525',
    'without a plan it has what the customer had; ids, names and password stay, assumed',
  ),
  callers: 'administrator',
  run: ({ filter, 'reseller-plan-name': plan }, call) =>
    resultsFor(select(filter, 'customer', call), (account) => {
      const { login, ownerId } = account;
      if (ownerId !== undefined && call.panel.accounts.get(ownerId)?.role === 'reseller') {
        return FAULTS.inUse(
          'Only customers of the administrator can become resellers.',
          `${login} belongs to a reseller; change-owner gives it to the administrator`,
        );
      }
      if (plan !== undefined)
        return FAULTS.noSuchObject('Reseller plan does not exist.', `there are no plans, nor '${plan}'`);
      changeAccount(account, { role: 'reseller', terms: NO_TERMS }, call.panel);
      call.remark(`made ${login} a reseller, without any permission`);
      return NOTHING_MORE;
    }),
});
