import type { OperatorRequests } from './operator.ts';

export const siteAlias = {
  name: 'site-alias',
  since: '1.6.3.0',
  models: {
    preferences: `
      web:bool? mail:bool? tomcat:bool?@..1.6.9.0 seo-redirect:bool? icp-status?@1.6.8.0 icp-permit?@1.6.8.0`,
    filter: '( id:id+ | name+ | site-id:id+ | site-name+ )?',
  },
  operations: {
    create: `
      status:int? pref{preferences}? manage-dns:bool? site-id:id name
      ascii-name?`,
    get: 'filter{filter}',
    set: `
      filter{filter}
      settings( status:int? pref{preferences}? manage-dns:bool? )`,
    delete: 'filter{filter}',
    rename: '( id:id | name ) new_name:any',
    'get-supported-services': '()',
  },
} as const satisfies OperatorRequests;
