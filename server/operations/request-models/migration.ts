import type { OperatorRequests } from './operator.ts';

export const migration = {
  name: 'migration',
  until: '1.6.9.0',
  models: {
    'mapped-ip': 'old( ip-type:ip-kind ip-address:ipv4 ) new( ip-type:ip-kind ip-address:ipv4 )',
    'mapped-domain': `
      name:text ip{mapped-ip}?
      db-server( old( host:text port:text type:text ) new( host:text port:text type:text ) )*`,
    'mapped-client': 'name:text ip{mapped-ip}* webspace{mapped-domain}*',
  },
  operations: {
    start: `
      host:text login:text password:text destination-host-directory:text system-type:os-family?
      content-transport:text? ( only-hosting:any | only-mail:any )?
      selected-objects(
        migrate-resellers(
          reseller( name:text ip{mapped-ip}* customer{mapped-client}* webspace{mapped-domain}* )+
        ) | migrate-customers( target-owner:text customer{mapped-client}+ ) |
        migrate-webspaces( target-owner:text webspace{mapped-domain}+ )+
      )`,
    finish: 'migration_id:any',
    get_fs: ':any',
    get_status: 'migration_id:any',
    check: '()',
  },
} as const satisfies OperatorRequests;
