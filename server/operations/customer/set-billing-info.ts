import { optional, seq, some, text } from '../../protocol/shape.ts';
import { string } from '../../protocol/simple-types.ts';
import { documented } from '../../protocol/source.ts';
import { NOTHING_MORE, resultsFor } from '../accounts/results.ts';
import { select } from '../accounts/select.ts';
import { customerFilter } from '../accounts/shapes.ts';
import { defineOperation } from '../define.ts';

const figure = optional(seq({ value: some(seq({ currency: text(string), sum: text(string) })) }));

export const setBillingOfCustomers = defineOperation({
  operator: 'customer',
  name: 'set-billing-info',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'figures for pages of the panel; no operation reads them again, so none are kept',
  ),
  request: seq({
    filter: customerFilter,
    values: seq({
      income: figure,
      'invoices-due': figure,
      'invoices-paid': figure,
      'invoices-refunded': figure,
      'credit-balance': figure,
      'overuse-due': figure,
    }),
  }),
  callers: 'owners',
  unread: ({ values }) => Object.keys(values).map((name) => `values/${name}/value`),
  run: ({ filter }, call) =>
    resultsFor(select(filter, 'customer', call), ({ login }) => {
      call.remark(`kept no billing figures of ${login}`);
      return NOTHING_MORE;
    }),
});
