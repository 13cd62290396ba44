import type { OperatorRequests } from './operator.ts';
import { SHARED_MODELS } from './shared.ts';

export const servicePlanAddon = {
  name: 'service-plan-addon',
  since: '1.6.3.0',
  models: {
    ...SHARED_MODELS,
    filter: '( name+ | id:id+ | guid+ | external-id+ )?',
    addons: 'filter{filter} ( owner-id:id | owner-login | owner-all() )?',
    package: 'filter{filter} ( owner-id:id | owner-login )? package( name value )+',
  },
  operations: {
    add: `
      name ( owner-id:id | owner-login )? limits( limit( name value:long )* )?
      hosting( property( name:text value:text )* )? performance{performance}? permissions{webspace-permissions}?
      external-id? php-settings{php-settings}?`,
    get: '{addons}',
    del: 'filter{filter} ( owner-id:id | owner-login )?',
    set: `
      filter{filter} ( owner-id:id | owner-login )? limits( limit( name value:long )* )?
      hosting( property( name:text value:text )* )? performance{performance}? permissions{webspace-permissions}?
      external-id? name? php-settings{php-settings}?`,
    'add-package': '{package}',
    'remove-package': '{package}',
    'get-limit-descriptor': '{addons}',
    'get-permission-descriptor': '{addons}',
    'get-physical-hosting-descriptor': '{addons}',
    duplicate: 'filter{filter} ( owner-id:id | owner-login )? duplicate-name',
  },
} as const satisfies OperatorRequests;
