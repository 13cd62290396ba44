import type { OperatorRequests } from './operator.ts';

export const maillist = {
  name: 'maillist',
  since: '1.6.3.0',
  until: '1.6.9.0',
  models: {
    'list-filter': 'id:id+ | name+ | site-id:id+ | site-name:1..255+',
  },
  operations: {
    'add-list': 'site-id:id name password admin-email:email notify:bool?',
    'del-list': 'filter{list-filter}',
    'get-list': 'filter{list-filter}',
    'add-member': 'filter( list-id:id+ | list-name+ ) id:email',
    'get-members': 'filter( list-id:id+ | list-name+ )',
    'del-member': 'filter( list-id:id+ | list-name+ ) id:email',
    enable: 'filter( site-id:id+ | site-name:1..255+ )',
    disable: 'filter( site-id:id+ | site-name:1..255+ )',
    'enable-list': 'filter{list-filter}',
    'disable-list': 'filter{list-filter}',
    'get-status': 'filter( site-id:id+ | site-name:1..255+ )',
  },
} as const satisfies OperatorRequests;
