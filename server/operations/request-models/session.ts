import type { OperatorRequests } from './operator.ts';

export const session = {
  name: 'session',
  since: '1.6.6.0',
  operations: {
    get: ':any',
    terminate: 'session-id',
  },
} as const satisfies OperatorRequests;
