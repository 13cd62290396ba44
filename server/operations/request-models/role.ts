import type { OperatorRequests } from './operator.ts';

export const role = {
  name: 'role',
  since: '1.6.3.0',
  until: '1.6.9.0',
  operations: {
    add: 'name owner-guid? permissions( permission( name value:bool )+ )?',
    get: 'filter( id:id+ | name+ | all() ) owner-guid?',
    set: `
      filter( id:id+ | name+ | all() ) owner-guid?
      values( permissions( permission( name value:bool )+ )? new-name? )`,
    del: 'filter( id:id+ | name+ | all() ) owner-guid?',
    'get-permission-descriptor': 'filter( owner-guid+ )',
  },
} as const satisfies OperatorRequests;
