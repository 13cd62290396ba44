import type { OperatorRequests } from './operator.ts';

export const locale = {
  name: 'locale',
  since: '1.6.3.0',
  operations: {
    get: 'filter( id:text* )',
    install: { until: '1.6.6.0', request: 'filename:text' },
    'get-message': 'filter( key:text+ ) id:text',
    remove: { until: '1.6.6.0', request: 'filter( id:text* )' },
    enable: 'filter( id:text* )',
    disable: 'filter( id:text* )',
  },
} as const satisfies OperatorRequests;
