import { LATER_PREFS, SERVER_PREFS } from '../../protocol/server-types.ts';
import { someOf } from './figure-types.ts';

/** What a seed may say of the general preferences. */
export const SeedPrefs = someOf(
  { ...SERVER_PREFS, ...LATER_PREFS },
  {
    max_connections: ['Connections to the mail server', 250],
    max_connections_per_ip: ['The same from one address', 10],
    outgoing_email_mode: ['How mail is sent: domain-ip, domain-name or explicit-ip', 'domain-ip'],
    outgoing_email_mode_explicit_ipv4: ['The address for explicit-ip', '192.0.2.1'],
    outgoing_email_mode_explicit_ipv6: ['The same in IPv6', '2001:db8::1'],
    outgoing_antispam: ['Whether outgoing mail is limited', false],
    outgoing_messages_mbox_limit: ['Messages an hour of a mailbox', 100],
    outgoing_messages_domain_limit: ['The same of a domain', 200],
    outgoing_messages_subscription_limit: ['The same of a subscription', 400],
    enable_sendmail: ['Whether sendmail may be used', true],
    report_period: ['How often reports are sent: P1D, P1W, P2W or P1M', 'P1W'],
    notification_period: ['How often notices are sent: PT15M, PT1H, PT6H, PT12H or P1D', 'P1D'],
    stat_ttl: ['Months for which statistics are kept; 3 without it', 3],
    traffic_accounting: ['What traffic is counted: 1 in, 2 out, 3 both; 3 without it', 3],
    restart_apache_interval: ['Seconds between two restarts of Apache; 0 without it', 0],
    apache_pipelog: ['Whether Apache writes its logs through a pipe', false],
    ftp_over_ssl: ['disabled, enabled, required or custom', 'enabled'],
    mail_notifications: ['Whether there are notices by mail', true],
    smtp_use_default_settings: ['Whether notices go by the server itself', true],
    smtp_host: ['The mail server for notices', 'mail.example.com'],
    smtp_port: ['Its port', 25],
    smtp_login: ['The login there', 'plesk'],
    smtp_tls: ['Whether it is asked by TLS', false],
    smtp_allow_users: ['Whether users may use it', false],
    aps_force_updates: ['Whether applications are updated without asking', false],
    aps_suggest_updates: ['Whether updates of applications are suggested', true],
    'waf-rule-engine': ['The web application firewall: on, detection-only or off', 'off'],
    'waf-rule-set': ['Its rules: tortix or crs', 'crs'],
    include_remote_databases: ['Whether databases on other servers count for the disk space', true],
    preview_protection: ['Whether previews of sites are protected', false],
  },
);
