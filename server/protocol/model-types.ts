import {
  boolean,
  builtInBoolean,
  email,
  exactly,
  id,
  int,
  long,
  nillable,
  noneOf,
  number,
  objectStatus,
  oneOf,
  oneOfNumbers,
  pattern,
  signed,
  sized,
  sizedPattern,
  string,
  between,
  unnamedBoolean,
  unsignedInt,
  verbatim,
  zipcode,
} from './simple-types.ts';
import type { SimpleType } from './simple-types.ts';

/** The text of an element is a date, where libxml2 takes it for one; years may be negative or have more digits. */
const DATE = String.raw`-?(?!0000-)(?:\d{4}|[1-9]\d{4,})-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])`;
const TIME = String.raw`(?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?|24:00:00(?:\.0+)?)`;
const ZONE = String.raw`(?:Z|[+-](?:(?:0\d|1[0-3]):[0-5]\d|14:00))?`;

/** A date, or a date and a time; libxml2 takes no blanks around it. */
const dateOf = (name: string, form: RegExp): SimpleType => ({
  collapses: true,
  violation: (_value, sent) => (form.test(sent) && isDay(sent) ? undefined : noneOf(name, sent)),
});

/** Whether the month has that day. */
function isDay(date: string): boolean {
  const [, year = '', month = '', day = ''] = /^-?(\d+)-(\d\d)-(\d\d)/.exec(date) ?? [];
  const days = new Date(Date.UTC(2000 + Number(BigInt(year) % 400n), Number(month), 0)).getUTCDate();
  return Number(day) <= days;
}

/** A number as libxml2 reads it: also one that ends with its dot or with an `e`. */
const DOUBLE = /^(?:[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d*)?|-?INF|NaN)$/;

const double: SimpleType = {
  collapses: true,
  violation: (value, sent) => (DOUBLE.test(value) ? undefined : noneOf('double', sent)),
};

/** libxml2 skips all that is no base64, blanks and umlauts too; what is left has to be complete. */
const base64: SimpleType = {
  collapses: true,
  violation: (_value, sent) =>
    /^(?:[\w+/]{4})*(?:[\w+/]{2}[048AEIMQUYcgkosw]=|[\w+/][AQgw]==)?$/.test(
      sent.replace(/[^A-Za-z0-9+/=]/g, ''),
    )
      ? undefined
      : noneOf('base64', sent),
};

/** A word of a type of 32 bits; a number that has more is none at all. */
const keyBits: SimpleType = {
  collapses: true,
  violation: (value) =>
    signed('', 32).violation?.(value, value) === undefined
      ? oneOfNumbers(1024, 2048).violation?.(value, value)
      : noneOf(undefined, value),
};

const positiveOrEmpty: SimpleType = {
  collapses: false,
  violation: (value, sent) =>
    value === '' || id.violation?.(value.trim(), sent) === undefined
      ? undefined
      : `'${sent}' is not a valid value of the union type 'positive-integer-or-empty'.`,
};

const IPV4 =
  /^(?:[01]?\p{Nd}{1,2}|2(?:[0-4]\p{Nd}|5[0-5]))(?:\.(?:[01]?\p{Nd}{1,2}|2(?:[0-4]\p{Nd}|5[0-5]))){3}$/u;
const IPV4_IN_SCHEMA = String.raw`([01]?\p{Nd}{1,2}|2([0-4]\p{Nd}|5[0-5]))(\.([01]?\p{Nd}{1,2}|2([0-4]\p{Nd}|5[0-5]))){3}`;

const EVENTS = `
  created updated deleted status_changed started stopped installed uninstalled siteapp_added
  siteapp_removed expired terminated exceeded guid_changed`;

const EVENT_CLASSES = `
  license service ip_address admin_info siteapp client client_limits client_status client_prefs
  client_perms client_ip_pool reseller reseller_limits reseller_status reseller_prefs
  reseller_perms reseller_ip_pool domain domain_limits domain_user domain_status phosting fhosting
  subdomain mailname webuser maillist dns_zone mailname_antivirus mailname_spamfilter
  mailname_mailgroup mailname_autoresponder mailname_attachment session_preferences db_server
  domain_alias remote_dns dashboard_preset dashboard_preset_type dashboard_preset_name
  domain_limit_size client_limit_size client_limit_traffic reseller_limit_size
  reseller_limit_traffic domain_limit_traffic plesk_component db db_user template_client
  template_domain template_admin template_reseller health_parameter site site_alias site_subdomain
  site_dns_zone site_alias_dns_zone update`;

/** One of the words of a text. */
const wordOf = (words: string): SimpleType => oneOf(...words.trim().split(/\s+/));

/** The simple types that models name behind a colon. A name alone is a `string`; words and sizes need no name. */
export const MODEL_TYPES = {
  string,
  text: verbatim,
  int,
  id,
  long,
  bool: boolean,
  status: objectStatus,
  email,
  zip: zipcode,
  'unsigned-int': unsignedInt,
  double,
  date: dateOf('date', new RegExp(`^${DATE}${ZONE}$`)),
  'date-time': dateOf('datetime', new RegExp(`^${DATE}T${TIME}${ZONE}$`)),
  base64,
  'nillable-string': nillable(string),
  'positive-or-empty': positiveOrEmpty,
  'task-id': sizedPattern(sized(1), pattern(/^-?[0-9]+$/, String.raw`[\-]?[0-9]+`)),
  ipv4: pattern(IPV4, IPV4_IN_SCHEMA),
  path: pattern(/^[/0-9a-zA-Z_-]+$/, String.raw`[/0-9a-zA-Z_\-]+`),
  // libxml2 names the type of a wrong value: these are the same as others under another name, or under none.
  'xs-int': signed('xs:int', 32),
  'xs-long': signed('xs:long', 64),
  'xs-bool': builtInBoolean,
  'unnamed-int': number,
  'unnamed-bool': unnamedBoolean,
  port: between(1, 65_535),
  'idle-minutes': between(1, 99_999),
  'key-bits': keyBits,
  'one-to-three': oneOfNumbers(1, 2, 3),
  // Words without blanks around them.
  'spam-list': exactly('black', 'unblack', 'white', 'unwhite'),
  'os-family': exactly('unix', 'windows'),
  'ip-kind': exactly('shared', 'exclusive'),
  'bool-or-default': exactly('true', 'false', 'default'),
  'user-status': exactly('0', '1', 'enabled', 'disabled'),
  'mail-format': exactly('text/html', 'text/plain'),
  'event-type': wordOf(EVENTS),
  'event-class': wordOf(EVENT_CLASSES),
} as const satisfies Readonly<Record<string, SimpleType>>;
