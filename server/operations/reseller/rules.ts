import type { Rule } from '../../protocol/source.ts';
import { assumed } from '../../protocol/source.ts';
import { DESCRIPTOR_RULES } from './descriptor.ts';
import { RESELLER_NAME_RULES } from './names.ts';
import { RESELLER_PLAN_RULE } from './plan.ts';
import { POOL_RULES } from './pool.ts';
import { RESELLER_VALUE_RULES } from './read-terms.ts';
import { RESELLER_DATASET_RULES } from './show-terms.ts';

/** What holds for resellers beyond what holds for every account. */
export const RESELLER_RULES: readonly Rule[] = [
  ...RESELLER_NAME_RULES,
  ...RESELLER_VALUE_RULES,
  ...RESELLER_DATASET_RULES,
  {
    id: 'reseller-set/own',
    source: assumed(
      'docs.plesk.com article 60289 names resellers as callers',
      'a reseller changes itself; 1006 for its limits, permissions, power-user and status',
    ),
  },
  {
    id: 'reseller-del/customers',
    source: assumed(
      'the database links them without a cascade',
      'its customers go with it; by the setting resellerWithCustomers 1023 while there are any',
    ),
  },
  RESELLER_PLAN_RULE,
  ...POOL_RULES,
  ...DESCRIPTOR_RULES,
];
