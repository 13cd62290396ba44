import { anything, choice, inline, seq, text } from '../../protocol/shape.ts';
import { string } from '../../protocol/simple-types.ts';
import { documented } from '../../protocol/source.ts';
import { NOTHING_MORE, resultsFor } from '../accounts/results.ts';
import { select } from '../accounts/select.ts';
import { resellerFilter } from '../accounts/shapes.ts';
import { defineOperation } from '../define.ts';
import { planFault } from './plan.ts';

export const switchSubscription = defineOperation({
  operator: 'reseller',
  name: 'switch-subscription',
  source: documented(
    'docs.plesk.com articles 60297 and 66530',
    'no-plan frees a reseller of its plan; nobody has one here',
  ),
  request: seq({
    filter: resellerFilter,
    to: inline(
      choice('once', {
        'plan-guid': text(string),
        'no-plan': anything,
        'plan-external-id': text(string),
      }),
    ),
  }),
  callers: 'administrator',
  run: ({ filter, to: { 'no-plan': _none, ...plan } }, call) =>
    resultsFor(select(filter.by, 'reseller', call), () => planFault(plan) ?? NOTHING_MORE),
});
