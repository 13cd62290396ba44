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

/** The general preferences that an answer shows, by element and in the order of the schema. */
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

type Types = Readonly<Record<string, SimpleType>>;

/** Whether a value of the schemas' `boolean` is true. */
export const isTrue = (value: string): boolean => value === 'true' || value === '1';
