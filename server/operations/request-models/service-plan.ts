import type { OperatorRequests } from './operator.ts';
import { SHARED_MODELS } from './shared.ts';

export const servicePlan = {
  name: 'service-plan',
  since: '1.6.3.0',
  models: {
    ...SHARED_MODELS,
    mail: `
      nonexistent-user( bounce | forward | reject:any )? webmail? maillists:bool? mailservice:bool?
      outgoing-messages-mbox-limit? outgoing-messages-domain-limit? outgoing-messages-subscription-limit?
      outgoing-messages-enable-sendmail:bool-or-default? outgoing-messages-overlimit-percent:int?`,
    'log-rotation': `
      on(
        log-condition( log-bysize:int | log-bytime:Daily|Weekly|Monthly ) log-max-num-files:int?
        log-compress:bool? log-email?
      ) | off()`,
    preferences: 'stat:int? maillists:bool? mailservice:bool? dns_zone_type:master|slave?',
    'web-server-settings':
      'additional? additional-ssl? additional-nginx? restrict-follow-sym-links? nginx-proxy-mode?@1.6.8.0',
    filter: '( name+ | id:id+ | guid+ | external-id+ )?',
    plans: 'filter{filter} ( owner-id:id | owner-login | owner-all() )?',
    package: 'filter{filter} ( owner-id:id | owner-login )? package( name value )+',
    'aps-filter': 'filter{filter} ( owner-id:id | owner-login )?',
    'plan-item': 'filter{filter} ( owner-id:id | owner-login )? plan-item( name )',
    'db-servers': 'filter{filter} db-server{db-server}+',
  },
  operations: {
    add: `
      name ( owner-id:id | owner-login )? mail{mail}? limits{webspace-limits}? log-rotation{log-rotation}?
      preferences{preferences}? hosting( property( name:text value:text )* )? hosting-type?@1.6.8.0 performance{performance}?
      permissions{webspace-permissions}? external-id? php-settings{php-settings}?
      web-server-settings{web-server-settings}?`,
    get: '{plans}',
    del: 'filter{filter} ( owner-id:id | owner-login )?',
    set: `
      filter{filter} ( owner-id:id | owner-login )? mail{mail}? limits{webspace-limits}?
      log-rotation{log-rotation}? preferences{preferences}?
      hosting( vrt_hst( property( name:text value:text )* ) | none() )? hosting-type?@1.6.8.0 performance{performance}?
      permissions{webspace-permissions}? external-id? name? php-settings{php-settings}?
      web-server-settings{web-server-settings}?`,
    'add-package': '{package}',
    'remove-package': '{package}',
    'enable-aps-filter': '{aps-filter}',
    'disable-aps-filter': '{aps-filter}',
    'add-plan-item': '{plan-item}',
    'remove-plan-item': '{plan-item}',
    'get-limit-descriptor': '{plans}',
    'get-permission-descriptor': '{plans}',
    'get-physical-hosting-descriptor': '{plans}',
    'db-servers': 'add{db-servers} | remove{db-servers} | list( filter{filter} )',
    duplicate: 'filter{filter} ( owner-id:id | owner-login )? duplicate-name',
  },
} as const satisfies OperatorRequests;
