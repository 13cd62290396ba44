import type { OperatorRequests } from './operator.ts';

export const businessLogicUpgrade = {
  name: 'business-logic-upgrade',
  since: '1.6.3.0',
  single: true,
  operations: {
    'get-customers-to-upgrade': ':any',
    'get-subscriptions-to-upgrade': ':any',
    'apply-solution': 'filter( id+ )',
  },
} as const satisfies OperatorRequests;
