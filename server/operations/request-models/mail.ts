import type { OperatorRequests } from './operator.ts';
import { SHARED_MODELS } from './shared.ts';

export const mail = {
  name: 'mail',
  models: {
    ...SHARED_MODELS,
    autoresponder: `
      enabled:xs-bool=false? subject:text? content_type:mail-format? charset:text? text:text?
      attachment( tmp-name? file-name? )* forward:text?`,
    mailboxes: 'site-id:id name*',
    'mailbox-changes': `
      site-id:id
      mailname(
        name cp-access:xs-bool=false? forwarding( enabled:bool=false? address+ )? alias:text*
        autoresponder{autoresponder}?
      )+`,
  },
  operations: {
    create: `
      filter(
        site-id:id
        mailname(
          name cp-access:xs-bool=false? mailbox( enabled:xs-bool=true quota:xs-long? )?
          forwarding( enabled:bool=false address+ )? alias:text* autoresponder{autoresponder}?
          password( value:text type:plain|crypt|sym? )? antivir:off|inout|in|out? outgoing-messages-mbox-limit?
          description:text?
        )+
      )`,
    update: `
      add( filter{mailbox-changes} ) | remove( filter{mailbox-changes} ) |
      set(
        filter(
          site-id:id
          mailname(
            id:id? name cp-access:xs-bool=false? mailbox( enabled:xs-bool=true? quota:xs-long? )?
            forwarding( enabled:bool=false? address* )? alias:text* autoresponder{autoresponder}?
            ( password( value:text? type:plain|crypt|sym? ) | user-guid )? antivir:off|inout|in|out?
            outgoing-messages-mbox-limit? description:text?
          )+
        )
      )`,
    get_info: 'filter{mailboxes} mailbox()? mailbox-usage()? forwarding()? aliases()? autoresponder()?',
    remove: 'filter{mailboxes}',
    enable: 'site-id:id',
    disable: 'site-id:id',
    set_prefs: 'filter( site-id:id* ) prefs{mail-preferences}',
    get_prefs: 'filter( site-id:id* )',
    rename: 'site-id:id name new-name',
    'get-available-mail-providers': ':any',
  },
} as const satisfies OperatorRequests;
