import type { OperatorRequests } from './operator.ts';

export const updater = {
  name: 'updater',
  since: '1.6.3.0',
  until: '1.6.9.0',
  operations: {
    check: ':any',
    'get-updates': ':any',
    'get-components': 'update-id:any',
    'install-component': 'update-id:any component-id:any',
    update: 'update-id:any',
  },
} as const satisfies OperatorRequests;
