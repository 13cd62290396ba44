import { element } from '../../protocol/answer-xml.ts';
import { documented } from '../../protocol/source.ts';
import { resultsFor } from '../accounts/results.ts';
import { select } from '../accounts/select.ts';
import { defineOperation } from '../define.ts';

export const getDomainsOfCustomers = defineOperation({
  operator: 'customer',
  name: 'get-domain-list',
  source: documented(
    'docs.plesk.com article 75294; plesk/api-schemas 1.6.7.0',
    'the domains of each customer; nothing is hosted here, so there are none',
  ),
  callers: 'anyone',
  run: ({ filter }, call) => resultsFor(select(filter, 'customer', call), () => [element('domains', [])]),
});
