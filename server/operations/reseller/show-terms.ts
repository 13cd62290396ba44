import type { AnswerElement } from '../../protocol/answer-xml.ts';
import { element } from '../../protocol/answer-xml.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, observed } from '../../protocol/source.ts';
import type { Account } from '../../state/account.ts';
import type { ResellerTerms } from '../../state/reseller-terms.ts';
import { NO_TERMS } from '../../state/reseller-terms.ts';
import type { Call } from '../define.ts';
import { LIMITS } from '../../state/reseller-names.ts';

export const RESELLER_DATASET_RULES: readonly Rule[] = [
  {
    id: 'reseller-get/permissions',
    source: observed(
      'plesk/api-php-lib ResellerTest::testGet',
      'a full list also where none was given; names of the release in its order',
    ),
  },
  {
    id: 'reseller-get/limits',
    source: assumed(
      'the schema of 1.6.6.0 has the order',
      'the policy, then all limits; -1 for those that were not set',
    ),
  },
  {
    id: 'reseller-get/subscriptions',
    source: assumed('a reseller without a plan has none', 'there are no plans, so the list is empty'),
  },
];

type Show = (terms: ResellerTerms, call: Call) => readonly AnswerElement[];

const shown =
  (show: Show) =>
  ({ terms = NO_TERMS }: Account, call: Call): readonly AnswerElement[] =>
    show(terms, call);

/** The datasets of what a reseller may do and use, by the names that they are asked for, in the order of the schema. */
export const TERM_DATASETS = {
  permissions: shown(({ permissions }, { panel }) =>
    namesOf(panel.release.resellerPermissions, permissions).map((name) =>
      pair('permission', name, String(permissions[name] === true)),
    ),
  ),
  limits: shown(({ oversell, overuse, limits }) => [
    element('resource-policy', [element('oversell', String(oversell)), element('overuse', overuse)]),
    ...namesOf(LIMITS, limits).map((name) => pair('limit', name, limits[name] ?? '-1')),
  ]),
  ippool: shown(({ pool }) =>
    pool.map(({ address, type }) =>
      element('ip', [element('ip-address', address), element('ip-type', type)]),
    ),
  ),
  subscriptions: shown(() => []),
} as const;

/** All that are known, and behind them what else was set. */
const namesOf = (known: readonly string[], set: Readonly<Record<string, unknown>>): readonly string[] => [
  ...known,
  ...Object.keys(set).filter((name) => !known.includes(name)),
];

const pair = (kind: string, name: string, value: string): AnswerElement =>
  element(kind, [element('name', name), element('value', value)]);
