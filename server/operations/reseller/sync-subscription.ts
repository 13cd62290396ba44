import { documented } from '../../protocol/source.ts';
import { NOTHING_MORE, resultsFor } from '../accounts/results.ts';
import { select } from '../accounts/select.ts';
import { defineOperation } from '../define.ts';

export const syncSubscription = defineOperation({
  operator: 'reseller',
  name: 'sync-subscription',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'status, filter-id and id; without a plan nothing differs from it, ok is assumed',
  ),
  callers: 'administrator',
  run: ({ filter }, call) => resultsFor(select(filter, 'reseller', call), () => NOTHING_MORE),
});
