import type { OperatorRequests } from './operator.ts';

export const server = {
  name: 'server',
  models: {
    'property-names': 'property( name )+',
    'key-names': 'name:text*',
    contact: `
      admin_cname admin_pname admin_phone admin_fax admin_email:email admin_address admin_city admin_state
      admin_pcode:zip admin_country send_announce:bool=false`,
    admin: `
      {contact}? admin_locale?@1.6.8.0 admin_multiple_sessions:bool?@1.6.8.0 uid? global-login?`,
    prefs: `
      max_connections:int? & max_connections_per_ip:int? &
      outgoing_email_mode:domain-ip|domain-name|explicit-ip? & outgoing_email_mode_explicit_ipv4? &
      outgoing_email_mode_explicit_ipv6? & outgoing_antispam:bool? & outgoing_messages_mbox_limit:int? &
      outgoing_messages_domain_limit:int? & outgoing_messages_subscription_limit:int? & enable_sendmail:bool? &
      report_period:P1D|P1W|P2W|P1M? & notification_period:PT15M|PT1H|PT6H|PT12H|P1D? & stat_ttl:int? &
      traffic_accounting:one-to-three? & restart_apache_interval:unnamed-int? & apache_pipelog:unnamed-bool? &
      ftp_over_ssl:disabled|enabled|required|custom? & mail_notifications:bool? &
      smtp_use_default_settings:bool? & smtp_host? & smtp_port:port? & smtp_login? & smtp_password? &
      smtp_tls:bool? & smtp_allow_users:bool? & aps_force_updates:unnamed-bool? &
      aps_suggest_updates:unnamed-bool? & waf-rule-engine:on|detection-only|off? & waf-rule-set:tortix|crs?`,
    alias: 'login? & password? & email:email? & contact? & comment=? & status:bool=true?',
  },
  operations: {
    get_protos: '()',
    get: `
      key( filter( key-id:text+ | name:text* | all() | main() | all-additional() )? )? gen_info()? components()?
      stat()? admin()? interfaces()? services_state()? prefs()? shells()? session_setup()?
      site-isolation-config()? updates()? admin-domain-list()?@1.6.9.0 certificates()?@1.6.9.0`,
    set: `
      admin{admin}? & password:5..255? & prefs{prefs}? & session_setup( & login_timeout:idle-minutes? )? &
      external-id? & mode:poweruser|standard?`,
    srv_man: 'id operation:start|stop|restart',
    lic_install: '( license:base64 | activation-code ) additional_key:any? instance-id?',
    lic_update: 'filter( key-id ) instance-id?',
    initial_setup: 'admin{admin} & password:5..255 & server_name?',
    get_additional_key: 'filter{key-names}?',
    remove_additional_key: 'filter{key-names}?',
    renew_additional_key: 'filter{key-names}?',
    set_misc: 'filter( property( name value:text )+ )',
    get_misc: 'filter{property-names}',
    create_session: `
      login:text
      data(
        user_ip c_email? c_phone? starting_url? source_server navigation? pathbar? logo_img_url? logo_img_ref?
        locale_id? skin? domain_name? disable_lock_screen? max_button_length? back_url?
      )?`,
    del_misc: 'filter{property-names}',
    'set-ppb-connection': `
      connection( ppb-url remote-access-hash integration-api-version ppb-remote:true|false? )`,
    'set-poa-connection': {
      until: '1.6.9.0',
      request: 'connection( poa-api-url poa-api-login poa-api-password )',
    },
    reboot: ':any',
    'license-rollback-key': ':any',
    'license-retrieve-keys': ':any',
    lic_get_info: 'license:base64',
    'install-module': { until: '1.6.9.0', request: 'url:0..255' },
    'clean-mail-queue': ':any',
    'add-admin-alias': 'data{alias}',
    'set-admin-alias': 'filter( login+ ) data{alias}',
    'del-admin-alias': 'filter( login+ )',
    'domain-restriction-add': 'name',
    'domain-restriction-remove': 'name',
    'domain-restriction-list': '()',
    'domain-restriction-rename': 'name new-name',
    'domain-restriction-enable': '()',
    'domain-restriction-disable': '()',
  },
} as const satisfies OperatorRequests;
