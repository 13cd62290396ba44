import { documented } from '../../protocol/source.ts';
import { NOTHING_MORE, resultsFor } from '../accounts/results.ts';
import { select } from '../accounts/select.ts';
import { defineOperation } from '../define.ts';

export const setBillingOfCustomers = defineOperation({
  operator: 'customer',
  name: 'set-billing-info',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'figures for pages of the panel; no operation reads them again, so none are kept',
  ),
  callers: 'owners',
  unread: ({ values }) => Object.keys(values).map((name) => `values/${name}/value`),
  run: ({ filter }, call) =>
    resultsFor(select(filter, 'customer', call), ({ login }) => {
      call.remark(`kept no billing figures of ${login}`);
      return NOTHING_MORE;
    }),
});
