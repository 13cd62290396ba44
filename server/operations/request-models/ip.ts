import type { OperatorRequests } from './operator.ts';

export const ip = {
  name: 'ip',
  operations: {
    add: `
      ip_address & netmask & type:shared|exclusive & interface:1..200 &
      service-node( id:1.. | external-id:1.. )? & public_ip_address?`,
    get: ':any',
    set: `
      filter( ( | ip_address )+ )
      (
        type:shared|exclusive | certificate_name:text | public_ip_address |
        service-node( id:1.. | external-id:1.. )?
      )`,
    del: 'filter( ( | ip_address )+ )',
  },
} as const satisfies OperatorRequests;
