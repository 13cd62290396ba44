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

/** The datasets of a reseller's terms, by the names that they are asked for. */
const TERM_DATASETS = {
  permissions: ({ permissions }, { panel }) =>
    namesOf(panel.release.resellerPermissions, permissions).map((name) =>
      pair('permission', name, String(permissions[name] === true)),
    ),
  limits: ({ oversell, overuse, limits }) => [
    element('resource-policy', [element('oversell', String(oversell)), element('overuse', overuse)]),
    ...namesOf(LIMITS, limits).map((name) => pair('limit', name, limits[name] ?? '-1')),
  ],
  ippool: ({ pool }) =>
    pool.map(({ address, type }) =>
      element('ip', [element('ip-address', address), element('ip-type', type)]),
    ),
  subscriptions: () => [],
} as const satisfies Readonly<Record<string, (terms: ResellerTerms, call: Call) => readonly AnswerElement[]>>;

/** One such dataset of an account. */
export const termDataset = (
  name: keyof typeof TERM_DATASETS,
  { terms = NO_TERMS }: Account,
  call: Call,
): AnswerElement => element(name, TERM_DATASETS[name](terms, call));

/** All that are known, and behind them what else was set. */
const namesOf = (known: readonly string[], set: Readonly<Record<string, unknown>>): readonly string[] => [
  ...known,
  ...Object.keys(set).filter((name) => !known.includes(name)),
];

const pair = (kind: string, name: string, value: string): AnswerElement =>
  element(kind, [element('name', name), element('value', value)]);
