import type { OperatorRequests } from './operator.ts';
import { customer } from './customer.ts';

/** The customers of Plesk 9 and before, of whom no schema is at hand; see the rule `catalogue/old-operations`. */
export const client = {
  name: 'client',
  until: '1.6.2.0',
  open: true,
  models: customer.models,
  operations: {
    add: customer.operations.add,
    get: 'filter{filter} dataset( gen_info:any? & stat:any? & limits()? & permissions()? & ip_pool()? )',
    set: customer.operations.set,
    del: customer.operations.del,
    ippool_add_ip: 'client_id:id ip_address+',
  },
} as const satisfies OperatorRequests;
