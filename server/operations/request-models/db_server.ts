import type { OperatorRequests } from './operator.ts';

export const dbServer = {
  name: 'db_server',
  single: true,
  operations: {
    add: 'host port type admin password? default()?',
    set: 'host? port:int? admin? password? id:id',
    del: 'filter( id:id* dsn* )',
    'set-default': 'id:id | type:any',
    'get-default': 'filter( type* )',
    get: 'filter( id:id* )',
    'get-supported-types': '()',
    'get-local': 'filter( type* )',
  },
} as const satisfies OperatorRequests;
