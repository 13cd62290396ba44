import type { OperatorRequests } from './operator.ts';

export const user = {
  name: 'user',
  since: '1.6.3.0',
  until: '1.6.9.0',
  models: {
    'contact-info': 'company? phone? fax? address? city? state? zip? country? im? imtype? comment? locale?',
    'new-user': `
      gen-info(
        login passwd ( owner-guid | owner-external-id )? name contact-info{contact-info}? status:user-status?
        external-id? subscription-domain-id:int? email:email?
      ) roles( name )`,
    filter: 'guid+ | owner-guid+ | external-id+ | owner-external-id+ | all()',
    'user-changes': `
      filter{filter}
      values(
        gen-info(
          passwd? name? contact-info{contact-info}? status:user-status? external-id? login?
          subscription-domain-id:int? email:email?
        )? roles( name )?
      )`,
  },
  operations: {
    add: '{new-user}',
    get: 'filter{filter} dataset( gen-info:any? roles:any? )',
    set: '{user-changes}',
    del: 'filter{filter}',
    'add-billing': { until: '1.6.7.0', request: '{new-user}' },
    'set-billing': { until: '1.6.7.0', request: '{user-changes}' },
    'del-billing': { until: '1.6.7.0', request: 'filter{filter}' },
  },
} as const satisfies OperatorRequests;
