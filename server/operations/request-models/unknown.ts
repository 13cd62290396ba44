import type { OperatorRequests } from './operator.ts';

// Operators of which no operation is known: they take anything, and are answered "not emulated".

export const domain = {
  name: 'domain',
  until: '1.6.2.0',
  open: true,
  operations: {},
} as const satisfies OperatorRequests;

export const domainAlias = {
  name: 'domain_alias',
  until: '1.6.2.0',
  open: true,
  operations: {},
} as const satisfies OperatorRequests;

export const phpHandler = {
  name: 'php-handler',
  since: '1.6.7.0',
  open: true,
  operations: {},
} as const satisfies OperatorRequests;

export const extension = {
  name: 'extension',
  since: '1.6.8.0',
  open: true,
  operations: {},
} as const satisfies OperatorRequests;
