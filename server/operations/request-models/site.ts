import type { OperatorRequests } from './operator.ts';
import { SHARED_MODELS } from './shared.ts';

export const site = {
  name: 'site',
  since: '1.6.3.0',
  models: {
    ...SHARED_MODELS,
    hosting: `
      vrt_hst( property( name:text value:text )+ ) | std_fwd( dest_url:1..255 http_code:int? ) |
      frm_fwd( dest_url:1..255 ) | none:any`,
    filter: `
      id:id* | parent-id:int* | parent-site-id:int* | name* | parent-name* | parent-site-name* | guid* |
      parent-guid* | parent-site-guid*`,
  },
  operations: {
    add: `
      gen_setup(
        name:1..255 htype:vrt_hst|std_fwd|frm_fwd|none? status?
        ( webspace-name | webspace-id:id | webspace-guid )?
        ( parent-site-name | parent-site-id:id | parent-site-guid )? description?
      ) hosting{hosting}? prefs{site-preferences}? performance{performance}? mail( mailservice:bool? )?`,
    get: `
      filter{filter} dataset( gen_info()? & hosting()? & stat()? & prefs()? & disk_usage()? & performance:any? )`,
    set: `
      filter{filter}
      values(
        gen_setup( status:status? & name:1..255? & guid()? & description? & turn-off-action?@1.6.8.0 )? prefs{site-preferences}?
        hosting{hosting}? disk_usage( mailboxes:any? maillists:any? )? performance{performance}?
      )`,
    del: 'filter{filter}',
    cform_buttons_list: 'filter{filter}',
    get_traffic: 'filter{filter} since_date:date? to_date:date?',
    set_traffic: 'dom_id:int date:date smtp_in:long smtp_out:long pop3_imap_in:long pop3_imap_out:long',
    'get-physical-hosting-descriptor': 'filter{filter}',
  },
} as const satisfies OperatorRequests;
