import { element } from '../../protocol/answer-xml.ts';
import { documented } from '../../protocol/source.ts';
import { resultsFor } from '../accounts/results.ts';
import { select } from '../accounts/select.ts';
import { defineOperation } from '../define.ts';

export const getDomainsOfResellers = defineOperation({
  operator: 'reseller',
  name: 'get-domain-list',
  source: documented(
    'plesk/api-schemas 1.6.7.0 and 1.6.8.0',
    'the domains of each reseller; nothing is hosted here, so there are none',
  ),
  callers: 'administrator',
  run: ({ filter }, call) => resultsFor(select(filter, 'reseller', call), () => [element('domains', [])]),
});
