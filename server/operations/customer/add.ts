import { Fault } from '../../protocol/faults.ts';
import { observed } from '../../protocol/source.ts';
import { addAccount, readAccount } from '../accounts/add-account.ts';
import { customerLimitFault, ownerOf } from '../accounts/owner.ts';
import { madeResult } from '../accounts/results.ts';
import { defineOperation } from '../define.ts';
import { takenLogin } from './taken-login.ts';

export const addCustomer = defineOperation({
  operator: 'customer',
  name: 'add',
  source: observed(
    'molisoft/plesk_lib spec/vcr; plesk/api-examples e867ce5 and 39a2579',
    'status, id and guid, without a filter-id',
  ),
  callers: 'owners',
  run({ gen_info: given }, call) {
    const owner = ownerOf(given, call);
    if (owner instanceof Fault) return owner;
    const origin = { role: 'customer', owner, terms: undefined, taken: takenLogin(call) } as const;
    const account = readAccount(given, origin, call);
    if (account instanceof Fault) return account;
    const added = customerLimitFault(owner, call) ?? addAccount(account, call);
    if (added instanceof Fault) return added;
    call.remark(`added ${added.login} (${added.id}) for ${owner.login}`);
    return madeResult(added);
  },
});
