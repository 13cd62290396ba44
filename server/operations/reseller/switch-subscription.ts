import { documented } from '../../protocol/source.ts';
import { NOTHING_MORE, resultsFor } from '../accounts/results.ts';
import { select } from '../accounts/select.ts';
import { defineOperation } from '../define.ts';
import { planFault } from './plan.ts';

export const switchSubscription = defineOperation({
  operator: 'reseller',
  name: 'switch-subscription',
  source: documented(
    'docs.plesk.com articles 60297 and 66530',
    'no-plan frees a reseller of its plan; nobody has one here',
  ),
  callers: 'administrator',
  run: ({ filter, 'no-plan': _none, ...plan }, call) =>
    resultsFor(select(filter, 'reseller', call), () => planFault(plan) ?? NOTHING_MORE),
});
