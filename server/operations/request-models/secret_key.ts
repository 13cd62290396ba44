import type { OperatorRequests } from './operator.ts';

export const secretKey = {
  name: 'secret_key',
  since: '1.6.6.0',
  operations: {
    create: 'ip_address? description? login?',
    get_info: 'filter( key* )',
    delete: 'filter( key* )',
  },
} as const satisfies OperatorRequests;
