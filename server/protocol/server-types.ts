import type { SimpleType } from './simple-types.ts';
import {
  between,
  boolean,
  email,
  int,
  number,
  oneOf,
  oneOfNumbers,
  orEmpty,
  string,
  unnamedBoolean,
  zipcode,
} from './simple-types.ts';

/** The administrator's contact data, by element and in the order of the schema: all of it, or none. */
export const ADMIN_CONTACT = {
  admin_cname: string,
  admin_pname: string,
  admin_phone: string,
  admin_fax: string,
  admin_email: email,
  admin_address: string,
  admin_city: string,
  admin_state: string,
  admin_pcode: zipcode,
  admin_country: string,
  send_announce: orEmpty(boolean, 'false'),
} as const satisfies Types;

/** The general preferences of the schema of 1.6.6.0 that an answer shows, by element and in the order of the schema. */
export const SERVER_PREFS = {
  max_connections: int,
  max_connections_per_ip: int,
  outgoing_email_mode: oneOf('domain-ip', 'domain-name', 'explicit-ip'),
  outgoing_email_mode_explicit_ipv4: string,
  outgoing_email_mode_explicit_ipv6: string,
  outgoing_antispam: boolean,
  outgoing_messages_mbox_limit: int,
  outgoing_messages_domain_limit: int,
  outgoing_messages_subscription_limit: int,
  enable_sendmail: boolean,
  report_period: oneOf('P1D', 'P1W', 'P2W', 'P1M'),
  notification_period: oneOf('PT15M', 'PT1H', 'PT6H', 'PT12H', 'P1D'),
  stat_ttl: int,
  traffic_accounting: oneOfNumbers(1, 2, 3),
  restart_apache_interval: number,
  apache_pipelog: unnamedBoolean,
  ftp_over_ssl: oneOf('disabled', 'enabled', 'required', 'custom'),
  mail_notifications: boolean,
  smtp_use_default_settings: boolean,
  smtp_host: string,
  smtp_port: between(1, 65_535),
  smtp_login: string,
  smtp_tls: boolean,
  smtp_allow_users: boolean,
  aps_force_updates: unnamedBoolean,
  aps_suggest_updates: unnamedBoolean,
  'waf-rule-engine': oneOf('on', 'detection-only', 'off'),
  'waf-rule-set': oneOf('tortix', 'crs'),
} as const satisfies Types;

/** Preferences that only later answers have. */
export const LATER_PREFS = {
  include_remote_databases: boolean,
  preview_protection: boolean,
} as const satisfies Types;

/** The preferences in the order of an answer, which is not that of the schema. */
export const PREFS_IN_ANSWERS = [
  'stat_ttl',
  'include_remote_databases',
  'traffic_accounting',
  'restart_apache_interval',
  'apache_pipelog',
  'ftp_over_ssl',
  'max_connections',
  'max_connections_per_ip',
  'outgoing_antispam',
  'outgoing_messages_mbox_limit',
  'outgoing_messages_domain_limit',
  'outgoing_messages_subscription_limit',
  'enable_sendmail',
  'report_period',
  'notification_period',
  'outgoing_email_mode',
  'outgoing_email_mode_explicit_ipv4',
  'outgoing_email_mode_explicit_ipv6',
  'mail_notifications',
  'smtp_use_default_settings',
  'smtp_host',
  'smtp_port',
  'smtp_login',
  'smtp_tls',
  'smtp_allow_users',
  'aps_force_updates',
  'aps_suggest_updates',
  'preview_protection',
  'waf-rule-engine',
  'waf-rule-set',
] as const satisfies readonly (keyof typeof SERVER_PREFS | keyof typeof LATER_PREFS)[];

type Types = Readonly<Record<string, SimpleType>>;

/** Whether a value of the schemas' `boolean` is true. */
export const isTrue = (value: string): boolean => value === 'true' || value === '1';
