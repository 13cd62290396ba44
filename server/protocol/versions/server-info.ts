/**
 * What server/get tells on a fresh server of a release, as text: words are `name=value`, lines are `name state title`.
 * `{plesk}`, `{version}` and `{build}` are those of the release.
 */
export interface ServerInfo {
  /** The properties of the license key. */
  readonly key: string;
  readonly components: string;
  readonly os: { readonly name: string; readonly version: string; readonly kernel: string };
  /** Lines of id, state and title. */
  readonly services: string;
  readonly prefs: string;
  /** Lines of path and name. */
  readonly shells: string;
  /** A property with several values has commas. */
  readonly isolation: string;
  /** Whether updates of Plesk and of third parties are installed automatically. */
  readonly automaticUpdates: boolean;
}

/** Of a fresh 12.0 on CentOS, with a mail server. */
export const SERVER_INFO_12_0: ServerInfo = {
  key: `
    plesk_key_id=PLSK.00000001.0000 product_version={plesk} lim_date=2099-12-31
    license_update_date=2099-12-31 lim_slaves=0 lim_cl=-1 lim_dom=-1 lim_domain_aliases=-1 lim_mn=-1
    lim_wu=-1 MLS=1000 allowed-locales=any MPCID=MyPlesk.com noMPC=0 noMngMPC=0 key_easy=0 key_dlu=1
    key_vz=0 vmware=0 hyper-v=0 xen=0 kvm=0 hypervisor=0 key_mssql=1 key_postgresql=1 key_tomcat=1
    key_gch=1 key_shell=1 key_traffic=1 key_cl_tmpl=1 key_notifmgr=1 key_eventmgr=1 key_actionmgr=1
    key_dombackup=1 key_expiration=1 key_subdomains=1 key_coldfusion=1 key_sitebuilder=0 key_tts=1
    key_drweb=1 key_drweb_limit=15 key_migration=1 key_askupdate=0 backward-restriction=0
    key_newsfeeds=1 reseller_email=0 store_id=1 autoinstaller_config=0 update_password=0 demo=0
    key_remote_db=1 keyserver_host=0 key_hwid=0 key_qmail_queue=1 key_promo_virtuozzo=0
    sitebuilder-sites=100 mb_accounts=-1 hiding_traffic=0 google-tools=0 applications-catalog-url=0
    domain-registration-url=0 domain-management-url=0 cert-purchasing-url=0 mpc-portal-url=0
    sitebuilder=1 filesharing=1 concerto=0 concerto-id=0 mobile-server-manager-support=1
    outgoing-antispam=1 wordpress-toolkit=1 security-core=1 can-manage-accounts=1
    can-manage-subscriptions=1 can-manage-customers=1 can-manage-resellers=1 can-manage-custom-view=1
    edition=0 wpb-multi-language-sites-support=0 control-suite=0`,
  components: `
    awstats=7.3 bind=9.8.2 coldfusion-support={version} courier-imap=4.15 drweb=5.0.1 fail2ban=0.8.14
    health-monitor={version} httpd=2.2.15 mailman=2.1.12 modsecurity=2.8.0 mod_bw=0.92 mod_perl=2.0.4
    mod_python=3.3.1 mysql=5.1.73 nginx=1.6.0 perl-Apache-ASP=2.59 php=5.3.3 php-fpm=5.3.3
    phpmyadmin=4.2.5 phppgadmin=5.1 postfix=2.8.17 postgresql-server=8.4.20 PPSitebuilder=12.0.6
    psa={version}-cos6.build{build} psa-api-rpc={version}-cos6.build{build} psa-autoinstaller=3.16.20
    psa-backup-manager={version}-cos6.build{build} psa-drweb-configurator={version}-cos6.build{build}
    psa-horde=5.2.1 psa-imp=6.2.1 psa-kav8=8.0.3 psa-logrotate=3.8.2
    psa-migration-manager={version}-cos6.build{build} psa-mod-fcgid-configurator=2.3.9 psa-proftpd=1.3.5
    psa-spamassassin={version}-cos6.build{build} psa-tomcat-configurator={version}-cos6.build{build}
    psa-turba=4.2.1 roundcube=1.0.0 samba=3.6.9 spamassassin=3.3.1 SSHTerm=0.2.2 tomcat=6.0.24
    webalizer=2.21_02`,
  os: { name: 'CentOS', version: '6', kernel: '2.6.32-754.el6.x86_64' },
  services: `
    web running Web Server (Apache)
    smtp running SMTP Server (Postfix)
    imap-pop3 none Dovecot IMAP and POP3 server
    pop3 running Courier POP3 server
    pop3s running Courier POP3 server with SSL/TLS support
    imap running Courier IMAP server
    imaps running Courier IMAP server with SSL/TLS support
    authdaemon running Courier IMAP authentication daemon
    dns running DNS Server (BIND)
    tomcat stopped Tomcat Java
    coldfusion none ColdFusion (Not configured)
    postgresql running PostgreSQL
    spamassassin running SpamAssassin
    drweb running Parallels Premium Antivirus
    kav stopped Kaspersky Antivirus
    milter running Plesk milter (Postfix)
    nginx running Reverse Proxy Server (nginx)
    php-fpm running PHP-FPM support for nginx
    fail2ban stopped IP Address Banning (Fail2ban)`,
  prefs: `
    stat_ttl=3 traffic_accounting=3 restart_apache_interval=0 apache_pipelog=false ftp_over_ssl=enabled
    max_connections=40 max_connections_per_ip=4 outgoing_antispam=false outgoing_messages_mbox_limit=10
    outgoing_messages_domain_limit=50 outgoing_messages_subscription_limit=100 enable_sendmail=true
    report_period=P1W notification_period=PT1H outgoing_email_mode=domain-ip aps_force_updates=false
    aps_suggest_updates=false waf-rule-engine=off`,
  shells: `
    /bin/false Forbidden
    /bin/sh /bin/sh
    /bin/bash /bin/bash
    /sbin/nologin /sbin/nologin
    /bin/tcsh /bin/tcsh
    /bin/csh /bin/csh
    /usr/local/psa/bin/chrootsh /bin/bash (chrooted)
    /bin/rbash /bin/rbash`,
  isolation: `
    php_safe_mode=on perl=off python=off miva=off coldfusion=off write_modify=off iis_app_pool=off
    webdeploy=off ssl=any php=any cgi=any fastcgi=any ssi=any asp_dot_net=any asp=any errdocs=any
    webstat=any php_handler_type=fastcgi shell=/usr/local/psa/bin/chrootsh iis_app_pool=on`,
  automaticUpdates: false,
};

/** Of a fresh 17.0 on Ubuntu, without a mail server. */
export const SERVER_INFO_17_0: ServerInfo = {
  key: `
    plesk_key_id=PLSK.00000001.0000 product_version_from=12.0 product_version_to=any lim_date=2099-12-31
    license_update_date=2099-12-31 lim_slaves=0 lim_cl=-1 lim_dom=-1 lim_domain_aliases=-1 lim_mn=-1
    lim_wu=-1 MLS=99 allowed-locales=any MPCID=MyPlesk.com noMPC=0 noMngMPC=0 key_easy=0 key_dlu=1
    key_vz=0 vmware=0 hyper-v=0 xen=0 kvm=0 lxc=0 hypervisor=0 key_mssql=1 key_postgresql=1 key_tomcat=1
    key_gch=1 key_shell=1 key_traffic=1 key_cl_tmpl=1 key_notifmgr=1 key_eventmgr=1 key_actionmgr=1
    key_dombackup=1 key_expiration=1 key_subdomains=1 key_sitebuilder=0 key_tts=0 key_drweb=1
    key_drweb_limit=15 key_migration=1 key_askupdate=0 backward-restriction=0 key_newsfeeds=1
    reseller_email=0 autoinstaller_config=0 update_password=0 demo=0 key_remote_db=1 keyserver_host=0
    key_hwid=0 key_qmail_queue=1 key_promo_virtuozzo=1 sitebuilder-sites=100 mb_accounts=1000
    hiding_traffic=0 google-tools=0 applications-catalog-url=0 domain-registration-url=0
    domain-management-url=0 cert-purchasing-url=0 mpc-portal-url=0 sitebuilder=1 filesharing=1
    concerto=0 concerto-id=0 mobile-server-manager-support=0 outgoing-antispam=1 wordpress-toolkit=1
    security-core=1 can-manage-accounts=1 can-manage-subscriptions=1 can-manage-customers=1
    can-manage-resellers=1 can-manage-custom-view=1 edition=0 wpb-multi-language-sites-support=0
    control-suite=0 customers=1 api-rpc=1 system-resources-limits-enabled=1 remote-smartermail-enabled=1
    token-verify-result=1 token-verify-message=0`,
  components: `
    httpd=2.4.7 mysql=5.5.62 nginx=1.11.4 php=5.5.9 php-fpm=5.5.9 php56=5.6.40 php70=7.0.33
    phpmyadmin=4.9.7 phppgadmin=5.1 psa={version}-ubuntu14.04.build{build}
    psa-api-rpc={version}-ubuntu14.04.build{build} psa-autoinstaller=3.20.17
    psa-backup-manager={version}-ubuntu14.04.build{build} psa-logrotate=3.8.2
    psa-mod-fcgid-configurator=2.3.9 psa-proftpd=1.3.5`,
  os: { name: 'Ubuntu', version: '14.04', kernel: '3.13.0-170-generic' },
  services: `
    web running Web Server (Apache)
    smtp none SMTP Server ()
    imap-pop3 none Dovecot IMAP and POP3 server
    pop3 none Courier POP3 server
    pop3s none Courier POP3 server with SSL/TLS support
    imap none Courier IMAP server
    imaps none Courier IMAP server with SSL/TLS support
    authdaemon none Courier IMAP authentication daemon
    dns none DNS Server (bind)
    tomcat none Tomcat Java
    postgresql none PostgreSQL
    spamassassin none SpamAssassin
    drweb none Plesk Premium Antivirus
    kav none Kaspersky Antivirus
    milter none Plesk milter (Postfix)
    nginx running Reverse Proxy Server (nginx)
    fail2ban none IP Address Banning (Fail2ban)
    resctrl none restart__resctrl
    plesk-php70-fpm stopped PHP-FPM 7.0.33
    plesk-php56-fpm stopped PHP-FPM 5.6.40
    php5-fpm stopped PHP-FPM 5.5.9 by OS vendor`,
  prefs: `
    stat_ttl=3 include_remote_databases=true traffic_accounting=3 restart_apache_interval=0
    apache_pipelog=false ftp_over_ssl=enabled aps_force_updates=false aps_suggest_updates=false
    preview_protection=false`,
  shells: `
    /bin/false Forbidden
    /bin/sh /bin/sh
    /bin/dash /bin/dash
    /bin/bash /bin/bash
    /bin/rbash /bin/rbash
    /opt/psa/bin/chrootsh /bin/bash (chrooted)`,
  isolation: `
    php_safe_mode=on webstat_protected_dir=on perl=off python=off write_modify=off iis_app_pool=off
    webdeploy=off ssl=any php=any cgi=any fastcgi=any ssi=any asp_dot_net=any asp=any errdocs=any
    webstat=any php_handler_type=fpm,fastcgi shell=/opt/psa/bin/chrootsh iis_app_pool=on`,
  automaticUpdates: true,
};
