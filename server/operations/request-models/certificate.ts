import type { OperatorRequests } from './operator.ts';

export const certificate = {
  name: 'certificate',
  models: {
    certificate: `
      name:text ( webspace:1..255 | site:1..255 | admin:any ) content( csr:text pvt:text cert:text? ca:text? )
      ip_address?`,
  },
  operations: {
    install: '{certificate}',
    update: { since: '1.6.8.0', request: '{certificate}' },
    remove: 'filter( name+ ) ( webspace:1..255 | site:1..255 | admin:any )',
    generate: `
      info( bits:key-bits country:text state:any location:text company:text dept:text? email:text name:text )
      PVT:text?`,
    'get-pool': 'filter( domain-id:id+ | domain-name+ | domain-guid+ ) | admin:any',
  },
} as const satisfies OperatorRequests;
