import type { OperatorRequests } from './operator.ts';

export const planItem = {
  name: 'plan-item',
  since: '1.6.3.0',
  until: '1.6.9.0',
  models: {
    'url-components': `
      (
        dom_id:bool? & dom_name:bool? & ftp_user:bool? & ftp_pass:bool? & cl_id:bool? & cname:bool? &
        pname:bool? & email:bool?
      )?`,
  },
  operations: {
    add: `
      visible:bool label:text tooltip:text url:0..255? internal:bool? noframe:bool?
      url-components{url-components}? image-file?`,
    update: `
      filter( all:any | name:any+ ) visible:bool? label:text? tooltip:text? url:0..255? internal:bool?
      noframe:bool? url-components{url-components}? image-file?`,
    remove: 'filter( all:any | name:any+ )',
    get: 'filter( all:any | name:any+ )',
  },
} as const satisfies OperatorRequests;
