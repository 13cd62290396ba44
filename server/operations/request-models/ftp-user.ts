import type { OperatorRequests } from './operator.ts';

export const ftpUser = {
  name: 'ftp-user',
  since: '1.6.3.0',
  models: {
    filter: '( id:id+ | name+ | webspace-id:id+ | webspace-name+ )?',
  },
  operations: {
    add: `
      name password ( home create-non-existent:bool? )? quota:int? permissions( read:bool? write:bool? )?
      ( webspace-id:id | webspace-name )`,
    set: `
      filter{filter}
      values(
        name? password? ( home create-non-existent:bool? )? quota:int? permissions( read:bool? write:bool? )?
      ) ( webspace-id:id | webspace-name )?`,
    del: 'filter{filter} ( webspace-id:id | webspace-name )?',
    get: 'filter{filter} ( webspace-id:id | webspace-name )?',
  },
} as const satisfies OperatorRequests;
