import type { OperatorRequests } from './operator.ts';

export const webuser = {
  name: 'webuser',
  since: '1.6.3.0',
  until: '1.6.9.0',
  models: {
    filter: 'id:id+ | login+ | site-id:id+ | site-name+',
  },
  operations: {
    add: `
      site-id:id login ( password password-type:plain|crypt|sym? )? ftp-quota:int?
      services( service( name:text value:text )+ )?`,
    del: 'filter{filter} ( site-id:id | site-name )?',
    set: `
      filter{filter}
      values(
        (
          ( password password-type:plain|crypt|sym? )? ftp-quota:int?
          services( service( name:text value:text )+ )?
        )?
      ) ( site-id:id | site-name )?`,
    get: 'filter{filter} ( site-id:id | site-name )?',
    'set-prefs': 'filter( site-id:id+ | site-name+ ) values( wuscripts:bool ) ( site-id:id | site-name )?',
    'get-prefs': 'filter( site-id:id+ | site-name+ ) ( site-id:id | site-name )?',
  },
} as const satisfies OperatorRequests;
