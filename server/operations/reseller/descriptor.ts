import type { AnswerElement } from '../../protocol/answer-xml.ts';
import { element } from '../../protocol/answer-xml.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, observed } from '../../protocol/source.ts';
import type { Account } from '../../state/account.ts';
import { LIMITS } from '../../state/reseller-names.ts';
import { RESELLERS } from '../accounts/resource.ts';
import type { Call } from '../define.ts';
import type { Asked } from '../filter.ts';
import { filterIdAndId } from '../resource.ts';

export const DESCRIPTOR_RULES: readonly Rule[] = [
  {
    id: 'reseller-descriptor/permissions',
    source: observed(
      'plesk/api-examples e867ce5 and 39a2579, webspace get-permission-descriptor',
      'boolean, false by default; of resellers assumed alike',
    ),
  },
  {
    id: 'reseller-descriptor/limits',
    source: observed(
      'plesk/api-examples e867ce5 and 39a2579, webspace get-limit-descriptor',
      'int, bytes or date; only max_subftp_users has a default; of resellers assumed alike',
    ),
  },
  {
    id: 'reseller-descriptor/empty-filter',
    source: observed(
      'plesk/api-examples 39a2579, webspace descriptors',
      'one result with a descriptor, without filter-id and id; of resellers assumed alike',
    ),
  },
  {
    id: 'reseller-descriptor/writable-by',
    source: assumed('only the administrator changes them', 'writable by admin; there are no labels'),
  },
];

/** A limit or a permission, as a descriptor shows it. */
interface Property {
  readonly name: string;
  readonly type: string;
  readonly standard?: string | undefined;
}

/** What may be set, a property each. */
export const descriptor = (properties: readonly Property[]): AnswerElement =>
  element(
    'descriptor',
    properties.map(({ name, type, standard }) =>
      element('property', [
        element('name', name),
        element('type', type),
        ...(standard === undefined ? [] : [element('default-value', standard)]),
        element('writable-by', 'admin'),
      ]),
    ),
  );

/** The types of limits that are not `int`. */
const TYPES: Readonly<Record<string, string>> = {
  disk_space: 'bytes',
  disk_space_soft: 'bytes',
  max_traffic: 'bytes',
  max_traffic_soft: 'bytes',
  mbox_quota: 'bytes',
  expiration: 'date',
};

export const LIMIT_PROPERTIES: readonly Property[] = LIMITS.map((name) => ({
  name,
  type: TYPES[name] ?? 'int',
  standard: name === 'max_subftp_users' ? '0' : undefined,
}));

/** Resellers, as descriptors name them: an empty filter asks for one descriptor, which names no reseller. */
export const DESCRIBED = {
  ...RESELLERS,
  find: (input: { readonly filter: object }, call: Call): Iterable<Asked<Account>> =>
    Object.values(input.filter).flat().length === 0
      ? [{ filterId: undefined, row: call.caller }]
      : RESELLERS.find(input as never, call),
  identity: (asked: Asked<unknown>, id: string | undefined): readonly AnswerElement[] =>
    asked.filterId === undefined ? [] : filterIdAndId(asked, id),
};
