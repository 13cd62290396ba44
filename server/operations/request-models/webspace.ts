import type { OperatorRequests } from './operator.ts';
import { SHARED_MODELS } from './shared.ts';

export const webspace = {
  name: 'webspace',
  since: '1.6.3.0',
  models: {
    ...SHARED_MODELS,
    hosting: `
      vrt_hst( property( name:text value:text )* ip_address[0..2] ) |
      std_fwd( dest_url:1..255 http_code:int? ip_address[0..2] ) | frm_fwd( dest_url:1..255 ip_address[0..2] ) |
      none:any`,
    mail: `
      {mail-preferences} outgoing-messages-mbox-limit? outgoing-messages-domain-limit?
      outgoing-messages-subscription-limit? outgoing-messages-enable-sendmail:bool-or-default?
      outgoing-messages-overlimit-percent:int?`,
    filter: `
      id:id* | owner-id:int* | name* | owner-login* | guid* | owner-guid* | external-id* | owner-external-id*`,
    package: 'filter{filter} package( name value )+',
    'db-servers': 'filter{filter} db-server{db-server}+',
  },
  operations: {
    add: `
      gen_setup(
        (
          name:1..255 | ( owner-id:int? | owner-login? | owner-guid? | owner-external-id? )? |
          htype:vrt_hst|std_fwd|frm_fwd|none? | ip_address? | status? | external-id? | description? |
          admin-description? | reseller-description?
        )[1..10]
      ) hosting{hosting}? limits{webspace-limits}? prefs{site-preferences}? performance{performance}?
      permissions{webspace-permissions}? php-settings{php-settings}?
      ( plan-id:id | plan-name | plan-guid | plan-external-id )? mail{mail}?`,
    get: `
      filter{filter}
      dataset(
        gen_info()? & hosting()? & hosting-basic()? & limits()? & stat()? & prefs()? & disk_usage()? &
        performance:any? & subscriptions:any? & permissions:any? & plan-items:any? & php-settings:any? &
        resource-usage:any? & mail:any? & aps-filter:any?@1.6.8.0 & packages:any?@1.6.8.0
      )`,
    set: `
      filter{filter}
      values(
        gen_setup(
          (
            status:status? | name:1..255? |
            ( owner-id:id? | owner-login:text? | owner-guid:text? | owner-external-id:text? )? | ip_address? |
            guid()? | external-id? | admin-as-vendor()? | description? | admin-description? |
            reseller-description?
          )[0..11]
        )? limits{webspace-limits}? prefs{site-preferences}? hosting{hosting}?
        disk_usage( mailboxes:any? maillists:any? )? performance{performance}?
        permissions{webspace-permissions}? php-settings{php-settings}? mail{mail}?
      )`,
    del: 'filter{filter}',
    cform_buttons_list: 'filter{filter}',
    get_traffic: 'filter{filter} since_date:date? to_date:date?',
    set_traffic: 'dom_id:int date:date smtp_in:long smtp_out:long pop3_imap_in:long pop3_imap_out:long',
    'get-limit-descriptor': 'filter{filter}',
    'get-permission-descriptor': 'filter{filter}',
    'get-physical-hosting-descriptor': 'filter{filter}',
    'switch-subscription': 'filter{filter} ( plan-guid | plan-external-id | no-plan:any )',
    'sync-subscription': 'filter{filter}',
    'add-subscription': 'filter{filter} ( plan-guid | plan-external-id )',
    'remove-subscription': 'filter{filter} ( plan-guid | plan-external-id )',
    'set-billing-info': {
      until: '1.6.7.0',
      request: `
      filter{filter} values( price{price}? renewal-date? cycle? domain-store-url? cert-store-url? )`,
    },
    'add-package': '{package}',
    'remove-package': '{package}',
    'add-plan-item': 'filter{filter} plan-item( name )',
    'remove-plan-item': 'filter{filter} plan-item( name )',
    'enable-aps-filter': 'filter{filter}',
    'disable-aps-filter': 'filter{filter}',
    'get-changed': 'resource-usage( from:date-time )',
    'db-servers': 'add{db-servers} | remove{db-servers} | list( filter{filter} )',
  },
} as const satisfies OperatorRequests;
