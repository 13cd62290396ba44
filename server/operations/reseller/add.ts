import { Fault, FAULTS } from '../../protocol/faults.ts';
import { observed } from '../../protocol/source.ts';
import { NO_TERMS } from '../../state/reseller-terms.ts';
import { ADMIN } from '../../state/seed-state.ts';
import { addAccount, readAccount } from '../accounts/add-account.ts';
import { madeResult } from '../accounts/results.ts';
import { defineOperation } from '../define.ts';
import { planFault } from './plan.ts';
import { readTerms } from './read-terms.ts';

export const addReseller = defineOperation({
  operator: 'reseller',
  name: 'add',
  source: observed(
    'molisoft/plesk_lib spec/vcr on 11.5.30; plesk/api-examples e867ce5 and 39a2579',
    'status, id and guid; without a word nothing is permitted and nothing limited',
  ),
  callers: 'administrator',
  run({ 'gen-info': { 'power-user': powerUser, ...given }, limits, permissions, ...plan }, call) {
    const owner = call.panel.accounts.byLogin(ADMIN) ?? call.caller;
    const origin = { role: 'reseller', owner, terms: NO_TERMS, taken: FAULTS.loginExists } as const;
    const account = readAccount(given, origin, call);
    if (account instanceof Fault) return account;
    const terms = readTerms({ powerUser, limits, permissions }, NO_TERMS, call);
    if (terms instanceof Fault) return terms;
    const added = planFault(plan) ?? addAccount({ ...account, terms }, call);
    if (added instanceof Fault) return added;
    call.remark(`added the reseller ${added.login} (${added.id})`);
    return madeResult(added);
  },
});
