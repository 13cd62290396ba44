import type { AnswerElement } from '../../protocol/answer-xml.ts';
import { element } from '../../protocol/answer-xml.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, observed } from '../../protocol/source.ts';

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
    source: assumed('values are numbers, -1 is unlimited', 'int, -1 by default'),
  },
  {
    id: 'reseller-descriptor/writable-by',
    source: assumed('only the administrator changes them', 'writable by admin; there are no labels'),
  },
];

/** What may be set by these names. */
export const descriptor = (names: readonly string[], type: string, standard: string): AnswerElement =>
  element(
    'descriptor',
    names.map((name) =>
      element('property', [
        element('name', name),
        element('type', type),
        element('default-value', standard),
        element('writable-by', 'admin'),
      ]),
    ),
  );
