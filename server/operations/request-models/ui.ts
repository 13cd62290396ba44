import type { OperatorRequests } from './operator.ts';

export const ui = {
  name: 'ui',
  since: '1.6.3.0',
  models: {
    owner: 'admin:any | customer-id:id | reseller-id:id',
    filter: 'custombutton-id:id+ | owner{owner}+',
  },
  operations: {
    'create-custombutton': `
      owner{owner}
      properties(
        sort_key:xs-int? conhelp:text? file:text? public:bool? internal:bool? noframe:bool?
        place:client|domain|navigation|admin|admin-settings|reseller|reseller-settings|domain-properties
        url:0..255 text:text
      )
      url-components(
        ( dom_id:any? dom_name:any? ftp_user:any? ftp_pass:any? cl_id:any? cname:any? pname:any? email:any? )?
      )?`,
    'get-custombutton': 'filter{filter}',
    'delete-custombutton': 'filter{filter}',
    'get-navigation': '()',
    'branding-theme-install': 'filter( vendor-login+ ) path',
    'branding-theme-uninstall': 'filter( vendor-login+ )',
  },
} as const satisfies OperatorRequests;
