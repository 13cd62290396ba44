import type { OperatorRequests } from './operator.ts';
import { SHARED_MODELS } from './shared.ts';

export const customer = {
  name: 'customer',
  since: '1.6.3.0',
  models: {
    ...SHARED_MODELS,
    filter: 'id:id* | login* | owner-id:int* | owner-login* | guid* | external-id*',
  },
  operations: {
    add: `
      gen_info(
        cname? pname login passwd status:status=0? {contact} ( owner-id:int | owner-login | owner-external-id )?
        external-id? description?
      )`,
    get: 'filter{filter} dataset( gen_info:any? stat:any? )',
    del: 'filter{filter}',
    set: `
      filter{filter}
      values(
        gen_info( cname? pname? login? passwd? status:status=0? {contact} guid()? external-id? description? )?
      )`,
    'set-billing-info': {
      until: '1.6.7.0',
      request: `
        filter{filter}
        values(
          income( value{price}+ )? invoices-due( value{price}+ )? invoices-paid( value{price}+ )?
          invoices-refunded( value{price}+ )? credit-balance( value{price}+ )? overuse-due( value{price}+ )?
        )`,
    },
    'convert-to-reseller': 'filter{filter} reseller-plan-name?',
    'change-owner': 'filter{filter} new-owner-login ipV4-address* ipV6-address* plan-name?',
    'get-domain-list': { since: '1.6.7.0', request: 'filter{filter}' },
  },
} as const satisfies OperatorRequests;
