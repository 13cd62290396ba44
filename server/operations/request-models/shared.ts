import type { NamedModels } from '../../protocol/model.ts';

/** What the requests of several operators hold. */
export const SHARED_MODELS = {
  contact: 'phone? fax? email? address? city? state? pcode? country? locale=en?',
  'mail-preferences': `
    none:any |
    (
      nonexistent-user( bounce | forward | reject:any )? webmail? spam-protect-sign:bool? greylisting:bool?
      mailservice:bool? ip_address* mail-provider{mail-provider}? webmail-certificate?@1.6.8.0
    )`,
  price: 'currency sum',
  'webspace-limits': `
    overuse:block|normal|notify|not_suspend|not_suspend_notify? limit( name value:long )* all-to-zero:any?`,
  'site-preferences':
    'www:bool? & stat_ttl:positive-or-empty? & outgoing-messages-domain-limit? & icp-status?@1.6.8.0 & icp-permit?@1.6.8.0',
  performance: 'bandwidth:double? max_connections:int?',
  'webspace-permissions': 'permission( name value:bool )* revoke-all:any?',
  'php-settings': 'setting( name value )*',
  'mail-provider': 'local:any | aps( package-uid )',
  'db-server': 'type ( id:id | ( host port ) )',
  'reseller-limits': `
    resource-policy( oversell:bool? overuse:notify|block|normal|not_suspend|not_suspend_notify? )?
    limit( name value:long )*`,
  'reseller-permissions': 'permission( name value:bool )+',
} as const satisfies NamedModels;
