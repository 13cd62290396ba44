import type { OperatorRequests } from './operator.ts';

export const protectedDir = {
  name: 'protected-dir',
  since: '1.6.3.0',
  models: {
    filter: '( id:id+ | site-id:id+ | site-name+ )?',
  },
  operations: {
    add: 'site-id:id name:text header:text? location( property( name:text value:xs-bool )+ )?',
    delete: 'filter{filter}',
    set: `
      filter{filter} values( name:text? header:text? location( property( name:text value:xs-bool )+ )? )`,
    get: 'filter{filter}',
    'add-user': 'pd-id:id login password password-type:plain|crypt|sym?',
    'set-user': `
      filter( ( pd-id:id+ | id:id+ )? ) values( id:id? login? password? password-type:plain|crypt|sym? )`,
    'delete-user': 'filter( ( pd-id:id+ | id:id+ )? )',
    'get-user': 'filter( ( pd-id:id+ | id:id+ )? )',
    'get-pd-location-descriptor': 'filter( ( site-id:id+ )? )?',
  },
} as const satisfies OperatorRequests;
