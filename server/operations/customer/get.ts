import { element } from '../../protocol/answer-xml.ts';
import { observed } from '../../protocol/source.ts';
import { customerInfo } from '../accounts/gen-info.ts';
import { resultsFor } from '../accounts/results.ts';
import { select } from '../accounts/select.ts';
import { customerStat } from '../accounts/stat.ts';
import { defineOperation } from '../define.ts';

export const getCustomers = defineOperation({
  operator: 'customer',
  name: 'get',
  source: observed(
    'molisoft/plesk_lib spec/vcr; plesk/api-examples e867ce5 and 39a2579',
    'a result for each, gen_info before stat; empty data for an empty dataset, assumed',
  ),
  callers: 'anyone',
  run: ({ filter, dataset }, call) =>
    resultsFor(select(filter, 'customer', call), (account) => [
      element('data', [
        ...(dataset.gen_info === undefined ? [] : [element('gen_info', customerInfo(account, call))]),
        ...(dataset.stat === undefined ? [] : [element('stat', customerStat(call))]),
      ]),
    ]),
});
