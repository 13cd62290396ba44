import type { AnswerElement } from '../../protocol/answer-xml.ts';
import { element } from '../../protocol/answer-xml.ts';
import { observed } from '../../protocol/source.ts';
import { resellerInfo } from '../accounts/gen-info.ts';
import { resultsFor } from '../accounts/results.ts';
import { select } from '../accounts/select.ts';
import { resellerStat } from '../accounts/stat.ts';
import { defineOperation } from '../define.ts';
import { termDataset } from './show-terms.ts';

export const getResellers = defineOperation({
  operator: 'reseller',
  name: 'get',
  source: observed(
    'plesk/api-examples e867ce5 and 39a2579',
    "a result for each with its data; behind gen-info the schema's order, assumed",
  ),
  callers: 'owners',
  run: ({ filter, dataset }, call) =>
    resultsFor(select(filter, 'reseller', call), (account) => {
      const data: AnswerElement[] = [];
      if (dataset['gen-info'] !== undefined) data.push(element('gen-info', resellerInfo(account, call)));
      if (dataset.stat !== undefined) data.push(element('stat', resellerStat(account, call)));
      for (const name of ['permissions', 'limits', 'ippool', 'subscriptions'] as const)
        if (dataset[name] !== undefined) data.push(termDataset(name, account, call));
      return [element('data', data)];
    }),
});
