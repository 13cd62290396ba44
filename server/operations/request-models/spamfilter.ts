import type { OperatorRequests } from './operator.ts';

export const spamfilter = {
  name: 'spamfilter',
  since: '1.6.3.0',
  until: '1.6.9.0',
  operations: {
    'add-pattern': 'filter( pattern* ) list:spam-list ( username | spamfilter-id:id )',
    'del-pattern': 'filter( pattern* ) list:spam-list ( username | spamfilter-id:id )',
    'get-patterns': 'filter( username+ | spamfilter-id:any+ )? list:spam-list',
    get: 'filter( username+ | spamfilter-id:any+ )',
    set: `
      filter( username+ | spamfilter-id:any+ )
      preferences(
        personal:bool? max-children-process:int? use-server-wide-settings:bool? required-score:text?
        rewrite-header? action:text|delete|move?
      ) ( enabled() | disabled() )?`,
    'get-allowed-preferences': 'filter( username+ | spamfilter-id:any+ )',
    'get-allowed-lists': 'filter( username+ | spamfilter-id:any+ )',
    check: '()',
  },
} as const satisfies OperatorRequests;
