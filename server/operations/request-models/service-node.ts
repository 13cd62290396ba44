import type { OperatorRequests } from './operator.ts';

export const serviceNode = {
  name: 'service-node',
  since: '1.6.3.0',
  until: '1.6.9.0',
  models: {
    filter: 'id:id* | ip-address* | external-id*',
  },
  operations: {
    add: `
      ip-address:1.. description:0..? type:1..? ( access-key:1.. | no-access-key:any ) external-id:1..?
      properties( property( name value )* )?`,
    set: `
      filter{filter}
      values(
        new-ip-address:1..? description:0..? ( access-key:1.. | no-access-key:any )? external-id:0..?
        properties( property( name value )* )?
      )`,
    list: ':any',
    'reread-info': 'filter{filter}',
    remove: 'filter{filter}',
    'test-remove': 'filter{filter} service-to-check( mail:any | web:any | db:any )?',
  },
} as const satisfies OperatorRequests;
