import type { OperatorRequests } from './operator.ts';

export const smb = {
  name: 'smb',
  since: '1.6.3.0',
  until: '1.6.6.0',
  operations: {
    initial_setup: 'password:5..255 admin_email:email locale:text?',
  },
} as const satisfies OperatorRequests;
