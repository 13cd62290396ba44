import type { OperatorRequests } from './operator.ts';

export const virtdir = {
  name: 'virtdir',
  since: '1.6.3.0',
  models: {
    properties: `
      real-path? access-source:bool? access-read:bool? access-write:bool? dir-browsing:bool? log-visits:bool?
      application( ( enabled() parent-paths:bool? run-in-mta:bool aspnet-version? ) | disabled() )?
      execute-perm:none|script|script_execute? default-doc( ( enabled() search:text* ) | disabled() )?
      access-anonymous:bool? access-windows:bool? require-ssl:bool? asp-buffering-limit:int?
      asp-max-request-entity-allowed:int? asp-enabled-server-debug:bool? asp-enabled-client-debug:bool?
      ip-allow:text* ip-deny:text* mime-type:text* is-deny-by-concurrent-requests:bool?
      max-concurrent-requests:int? is-deny-by-request-rate:bool? max-requests:int? request-interval:int?`,
  },
  operations: {
    create: '( site-id:id | subdomain-id:id ) name:path properties{properties}',
    update: '( site-id:id | subdomain-id:id ) name:path properties{properties}',
    remove: '( site-id:id | subdomain-id:id ) name:path',
    get: '( site-id:id | subdomain-id:id ) name:path',
  },
} as const satisfies OperatorRequests;
