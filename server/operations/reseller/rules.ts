import type { Rule } from '../../protocol/source.ts';
import { RESELLER_DEL_RULE } from './del.ts';
import { DESCRIPTOR_RULES } from './descriptor.ts';
import { RESELLER_NAME_RULES } from './names.ts';
import { RESELLER_PLAN_RULE } from './plan.ts';
import { POOL_RULES } from './pool.ts';
import { RESELLER_VALUE_RULES } from './read-terms.ts';
import { RESELLER_SET_RULE } from './set.ts';
import { RESELLER_DATASET_RULES } from './show-terms.ts';

/** What holds for resellers beyond what holds for every account. */
export const RESELLER_RULES: readonly Rule[] = [
  ...RESELLER_NAME_RULES,
  ...RESELLER_VALUE_RULES,
  ...RESELLER_DATASET_RULES,
  RESELLER_SET_RULE,
  RESELLER_DEL_RULE,
  RESELLER_PLAN_RULE,
  ...POOL_RULES,
  ...DESCRIPTOR_RULES,
];
