import type { OperatorRequests } from './operator.ts';
import { SHARED_MODELS } from './shared.ts';

export const reseller = {
  name: 'reseller',
  since: '1.6.0.0',
  models: {
    ...SHARED_MODELS,
    filter: '( id:id+ | login+ | guid+ | all() | external-id+ )?',
    package: 'filter{filter} package( name value )+',
  },
  operations: {
    add: `
      gen-info(
        cname? pname login passwd status:status=0? {contact} external-id? description? power-user:bool=false?
      ) limits{reseller-limits}? permissions{reseller-permissions}?
      ( plan-id:id | plan-name | plan-guid | plan-external-id )?`,
    set: `
      filter{filter}
      values(
        gen-info(
          cname? pname? login? passwd? status:status=0? {contact} guid()? external-id? description?
          power-user:bool=false?
        )? limits{reseller-limits}? permissions{reseller-permissions}?
      )`,
    get: `
      filter{filter}
      dataset( gen-info:any? stat:any? permissions:any? limits:any? ippool:any? subscriptions:any? )`,
    del: 'filter{filter}',
    'ippool-add-ip': '( reseller-id:id | external-id ) ip( ip-address ip-type:shared|exclusive? )+',
    'ippool-del-ip': '( reseller-id:id | external-id ) ip-address+',
    'ippool-set-ip': `
      ( reseller-id:id | external-id ) filter( ip-address+ ) values( ip-type:shared|exclusive )`,
    'cform-buttons-list': 'filter{filter}',
    'get-limit-descriptor': 'filter{filter}',
    'get-permission-descriptor': 'filter{filter}',
    'convert-to-customer': 'filter{filter} plan-name?',
    'switch-subscription': 'filter{filter} ( plan-guid | no-plan:any | plan-external-id )',
    'sync-subscription': 'filter{filter}',
    'add-package': '{package}',
    'remove-package': '{package}',
    'enable-aps-filter': 'filter{filter}',
    'disable-aps-filter': 'filter{filter}',
    'get-domain-list': { since: '1.6.7.0', request: 'filter{filter}' },
  },
} as const satisfies OperatorRequests;
