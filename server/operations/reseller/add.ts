import { Fault, FAULTS } from '../../protocol/faults.ts';
import { choice, optional, optionalInline, seq, text } from '../../protocol/shape.ts';
import { id, string } from '../../protocol/simple-types.ts';
import { observed } from '../../protocol/source.ts';
import { NO_TERMS } from '../../state/reseller-terms.ts';
import { ADMIN } from '../../state/seed-state.ts';
import { addAccount, readAccount } from '../accounts/add-account.ts';
import { madeResult } from '../accounts/results.ts';
import { limits, newReseller, permissions } from '../accounts/shapes.ts';
import { defineOperation } from '../define.ts';
import { planFault } from './plan.ts';
import { readTerms } from './read-terms.ts';

const plan = choice('once', {
  'plan-id': text(id),
  'plan-name': text(string),
  'plan-guid': text(string),
  'plan-external-id': text(string),
});

export const addReseller = defineOperation({
  operator: 'reseller',
  name: 'add',
  source: observed(
    'molisoft/plesk_lib spec/vcr on 11.5.30; plesk/api-examples e867ce5 and 39a2579',
    'status, id and guid; without a word nothing is permitted and nothing limited',
  ),
  request: seq({
    'gen-info': newReseller,
    limits: optional(limits),
    permissions: optional(permissions),
    plan: optionalInline(plan),
  }),
  callers: 'administrator',
  run({ 'gen-info': { 'power-user': powerUser, ...given }, plan: named, ...granted }, call) {
    const owner = call.panel.accounts.byLogin(ADMIN) ?? call.caller;
    const origin = { role: 'reseller', owner, terms: NO_TERMS, taken: FAULTS.loginExists } as const;
    const account = readAccount(given, origin, call);
    if (account instanceof Fault) return account;
    const terms = readTerms(
      { powerUser, limits: granted.limits, permissions: granted.permissions },
      NO_TERMS,
      call,
    );
    if (terms instanceof Fault) return terms;
    const added = planFault(named) ?? addAccount({ ...account, terms }, call);
    if (added instanceof Fault) return added;
    call.remark(`added the reseller ${added.login} (${added.id})`);
    return madeResult(added);
  },
});
