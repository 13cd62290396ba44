import type { OperatorRequests } from './operator.ts';

export const database = {
  name: 'database',
  since: '1.6.3.0',
  models: {
    'user-filter': '( id:id+ | db-id:id+ )?',
    filter: '( id:any+ | webspace-id:id+ | webspace-name:1..255+ )?',
  },
  operations: {
    'add-db': 'webspace-id:id name type db-server-id:id?',
    'del-db': 'filter{filter}',
    'get-db': 'filter{filter}',
    'assign-to-subscription': { since: '1.6.8.0', request: 'filter{filter} webspace-id:id' },
    'set-default-user': 'db-id:id default-user-id:id',
    'get-default-user': 'filter( db-id:any* )',
    'set-custom-host': { since: '1.6.8.0', request: 'filter{filter} host' },
    'add-db-user': `
      ( db-id:id | ( webspace-id:id db-server-id:id ) ) login password password-type:plain|crypt|sym?
      acl( host* )? allow-access-from( ip-address* )?`,
    'del-db-user': 'filter{user-filter}',
    'get-db-users': 'filter{user-filter}',
    'set-db-user': `
      id:id login? ( password password-type:plain|crypt|sym? )? acl( host* )? allow-access-from( ip-address* )?`,
  },
} as const satisfies OperatorRequests;
