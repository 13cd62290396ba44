import type { Fault } from '../../protocol/faults.ts';
import { FAULTS } from '../../protocol/faults.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed } from '../../protocol/source.ts';

export const RESELLER_PLAN_RULE: Rule = {
  id: 'reseller/plans',
  source: assumed('plans are not emulated', '1013 for whatever plan is named: there are none here'),
};

/** The fault where a plan is named, by whichever element. */
export function planFault(named: Readonly<Record<string, string | undefined>>): Fault | undefined {
  for (const [by, plan] of Object.entries(named)) {
    if (plan !== undefined)
      return FAULTS.noSuchObject(
        'Reseller plan does not exist.',
        `there are no plans, nor one of ${by} '${plan}'`,
      );
  }
  return undefined;
}
