import { element } from '../../protocol/answer-xml.ts';
import type { Account } from '../../state/account.ts';
import { findBy } from '../filter.ts';
import type { OperatorName } from '../request-models/index.ts';
import type { Resource } from '../resource.ts';
import { customerInfo, resellerInfo } from './gen-info.ts';
import { accountCriteria, OWNER_CRITERIA, visibleAccounts } from './select.ts';
import { customerStat, resellerStat } from './stat.ts';

type AccountResource = Omit<Resource<OperatorName, Account>, 'operator'>;

const idOf = ({ id }: Account): string => String(id);

const SHARED = {
  idOf,
  added: (account) => [element('id', idOf(account)), element('guid', account.guid)],
} as const satisfies Partial<AccountResource>;

/** Customers, for each operator that has them. */
export const CUSTOMERS: AccountResource = {
  ...SHARED,
  find: findBy({ ...accountCriteria('customer'), ...OWNER_CRITERIA }, visibleAccounts('customer'), idOf),
  datasets: { gen_info: customerInfo, stat: (_account, call) => customerStat(call) },
};

/** Resellers, without the datasets of what they may do and use. */
export const RESELLERS: AccountResource = {
  ...SHARED,
  find: findBy(accountCriteria('reseller'), visibleAccounts('reseller'), idOf),
  datasets: { 'gen-info': resellerInfo, stat: resellerStat },
};
