import type { OperatorRequests } from './operator.ts';

export const webmail = {
  name: 'webmail',
  since: '1.6.3.0',
  until: '1.6.9.0',
  single: true,
  operations: {
    'get-supported': '()',
    'get-available': '()',
    register: 'filter( service( name url status:enabled|disabled? )+ )',
    unregister: 'filter( name+ )',
    enable: 'filter( name+ )',
    disable: 'filter( name+ )',
  },
} as const satisfies OperatorRequests;
