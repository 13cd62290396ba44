import type { Rule } from '../../protocol/source.ts';
import { GEN_INFO_RULES } from './gen-info.ts';
import { OWNER_RULES } from './owner.ts';
import { PASSWORD_STRENGTH_RULE } from './password-strength.ts';
import { VALUE_RULES } from './read-values.ts';
import { SELECT_RULES } from './select.ts';
import { STAT_RULES } from './stat.ts';
import { STATUS_RULES } from './status.ts';
import { TEXT_RULES } from './texts.ts';

/** What holds for customers and resellers alike. */
export const ACCOUNT_RULES: readonly Rule[] = [
  ...SELECT_RULES,
  ...VALUE_RULES,
  ...TEXT_RULES,
  PASSWORD_STRENGTH_RULE,
  ...STATUS_RULES,
  ...OWNER_RULES,
  ...GEN_INFO_RULES,
  ...STAT_RULES,
];
