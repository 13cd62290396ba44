import type { OperatorRequests } from './operator.ts';

export const ipBan = {
  name: 'ip-ban',
  since: '1.6.3.0',
  until: '1.6.9.0',
  operations: {
    'get-settings': ':any',
    'set-settings': 'ban-period:xs-int* ban-time-window:xs-int* max-retries:xs-int*',
  },
} as const satisfies OperatorRequests;
