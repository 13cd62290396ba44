import type { OperatorRequests } from './operator.ts';

export const sso = {
  name: 'sso',
  since: '1.6.3.0',
  until: '1.6.9.0',
  operations: {
    enable: '()',
    disable: '()',
    register: 'idp-url:base64',
    'set-default-idp': 'idp-url:base64',
    'get-default-idp': '()',
    'restore-default-idp': '()',
    'set-branded-idp': 'idp-url:base64 http-request-domain',
    'get-branded-idp': 'filter( ( http-request-domain+ )? )',
    'del-branded-idp': 'filter( ( idp-url:base64+ | http-request-domain+ )? )',
    'add-delegation-rule': 'sp-id sp-login plesk-login',
    'del-delegation-rule': 'sp-id sp-login plesk-login',
    'get-prefs': '()',
    set: 'sso-server-hostname',
  },
} as const satisfies OperatorRequests;
