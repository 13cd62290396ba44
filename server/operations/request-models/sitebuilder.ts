import type { OperatorRequests } from './operator.ts';

export const sitebuilder = {
  name: 'sitebuilder',
  since: '1.6.3.0',
  until: '1.6.9.0',
  single: true,
  operations: {
    'assign-trial-site': 'pp-site-guid sb-site-uuid',
    'suspend-site': 'sb-site-uuid',
    'remove-site': 'sb-site-uuid',
  },
} as const satisfies OperatorRequests;
