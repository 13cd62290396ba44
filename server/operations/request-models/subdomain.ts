import type { OperatorRequests } from './operator.ts';

export const subdomain = {
  name: 'subdomain',
  models: {
    filter: '( id:id+ | name+ | parent-name:any+ )?',
  },
  operations: {
    add: 'parent name home? property( name value:text )*',
    get: 'filter{filter}',
    del: 'filter{filter}',
    set: 'filter{filter} property( name value:text )+',
    rename: 'id:id name:any',
  },
} as const satisfies OperatorRequests;
