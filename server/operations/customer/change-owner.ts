import { Fault } from '../../protocol/faults.ts';
import { documented } from '../../protocol/source.ts';
import { changeAccount } from '../../state/account-changes.ts';
import { customerLimitFault, ownerOf } from '../accounts/owner.ts';
import { NOTHING_MORE, resultsFor } from '../accounts/results.ts';
import { select } from '../accounts/select.ts';
import { defineOperation } from '../define.ts';

export const changeOwner = defineOperation({
  operator: 'customer',
  name: 'change-owner',
  source: documented(
    'docs.plesk.com article 73470',
    'addresses and plan are for subscriptions, and there are none; id and guid stay, assumed',
  ),
  callers: 'administrator',
  unread: (input) =>
    (['ipV4-address', 'ipV6-address', 'plan-name'] as const).filter(
      (name) => (input[name]?.length ?? 0) > 0 || input[name] === '',
    ),
  run: ({ filter, 'new-owner-login': login }, call) =>
    resultsFor(select(filter, 'customer', call), (account) => {
      const owner = ownerOf({ 'owner-login': login }, call);
      if (owner instanceof Fault) return owner;
      // Whoever has a customer already has room for it.
      const fault = account.ownerId === owner.id ? undefined : customerLimitFault(owner, call);
      if (fault !== undefined) return fault;
      changeAccount(account, { ownerId: owner.id }, call.panel);
      call.remark(`gave ${account.login} to ${owner.login}`);
      return NOTHING_MORE;
    }),
});
