import { any, choice, empty, optional, optionalInline, seq, some, text } from '../../protocol/shape.ts';
import { boolean, id, int, long, objectStatus, oneOf, orEmpty, string } from '../../protocol/simple-types.ts';

const string_ = text(string);

/** The schema's own default stands for an empty element. */
const status = optional(text(orEmpty(objectStatus, '0')));
const locale = optional(text(orEmpty(string, 'en')));

const contact = {
  phone: optional(string_),
  fax: optional(string_),
  email: optional(string_),
  address: optional(string_),
  city: optional(string_),
  state: optional(string_),
  pcode: optional(string_),
  country: optional(string_),
  locale,
} as const;

const own = { 'external-id': optional(string_), description: optional(string_) } as const;
const powerUser = optional(text(orEmpty(boolean, 'false')));

const named = {
  cname: optional(string_),
  pname: string_,
  login: string_,
  passwd: string_,
  status,
  ...contact,
} as const;

const renamed = {
  cname: optional(string_),
  pname: optional(string_),
  login: optional(string_),
  passwd: optional(string_),
  status,
  ...contact,
  guid: optional(empty),
  ...own,
} as const;

/** `gen_info` of customer/add. */
export const newCustomer = seq({
  ...named,
  owner: optionalInline(
    choice('once', { 'owner-id': text(int), 'owner-login': string_, 'owner-external-id': string_ }),
  ),
  ...own,
});

/** `gen_info` of customer/set. */
export const customerChange = seq(renamed);

/** `gen-info` of reseller/add. */
export const newReseller = seq({ ...named, ...own, 'power-user': powerUser });

/** `gen-info` of reseller/set. */
export const resellerChange = seq({ ...renamed, 'power-user': powerUser });

/** One kind of criterion, as often as wanted; none means all. */
export const customerFilter = choice('once', {
  id: any(text(id)),
  login: any(string_),
  'owner-id': any(text(int)),
  'owner-login': any(string_),
  guid: any(string_),
  'external-id': any(string_),
});

/** The same for resellers, who have no owner but the administrator. */
export const resellerFilter = seq({
  by: optionalInline(
    choice('once', {
      id: some(text(id)),
      login: some(string_),
      guid: some(string_),
      all: empty,
      'external-id': some(string_),
    }),
  ),
});

/** `limits` of a reseller. */
export const limits = seq({
  'resource-policy': optional(
    seq({
      oversell: optional(text(boolean)),
      overuse: optional(text(oneOf('notify', 'block', 'normal', 'not_suspend', 'not_suspend_notify'))),
    }),
  ),
  limit: any(seq({ name: string_, value: text(long) })),
});

/** `permissions` of a reseller. */
export const permissions = seq({ permission: some(seq({ name: string_, value: text(boolean) })) });
