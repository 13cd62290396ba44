import type { OperatorRequests } from './operator.ts';
import { SHARED_MODELS } from './shared.ts';

export const resellerPlan = {
  name: 'reseller-plan',
  since: '1.6.3.0',
  models: {
    ...SHARED_MODELS,
    'ip-pool': 'ip-address* allocate-ip:int? allocate-ipv6:int?',
    filter: 'id:id+ | name+ | all() | guid+ | external-id+',
    package: 'filter{filter} package( name value )+',
  },
  operations: {
    add: 'name limits{reseller-limits}? permissions{reseller-permissions}? ip-pool{ip-pool}? external-id?',
    get: 'filter{filter} limits()? permissions()? ip-pool()? packages()?',
    del: 'filter{filter}',
    set: `
      filter{filter} limits{reseller-limits}? permissions{reseller-permissions}? ip-pool{ip-pool}? external-id?
      name?`,
    'add-package': '{package}',
    'remove-package': '{package}',
    'get-limit-descriptor': ':any',
    'get-permission-descriptor': ':any',
    'enable-aps-filter': 'filter{filter}',
    'disable-aps-filter': 'filter{filter}',
    duplicate: 'name duplicate-name',
  },
} as const satisfies OperatorRequests;
