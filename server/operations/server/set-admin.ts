import type { Fault } from '../../protocol/faults.ts';
import { FAULTS } from '../../protocol/faults.ts';
import { ADMIN_CONTACT, isTrue } from '../../protocol/server-types.ts';
import type { Decoded } from '../../protocol/shape.ts';
import { optional, optionalInline, seq, text } from '../../protocol/shape.ts';
import { boolean, string } from '../../protocol/simple-types.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented } from '../../protocol/source.ts';
import type { Account } from '../../state/account.ts';
import { isOffered } from '../../state/locales.ts';
import type { Panel } from '../../state/panel.ts';
import type { ServerSettings } from '../../state/server-settings.ts';

export const SET_ADMIN_RULES: readonly Rule[] = [
  {
    id: 'server-set/admin',
    source: documented(
      'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
      'all eleven elements of contact data or none; uid and global-login behind them',
    ),
  },
  {
    id: 'server-set/admin-later',
    source: assumed(
      'plesk/api-examples 39a2579 has them in the answer, whose type was that of the request',
      'from 1.6.8.0 admin_locale, or 1019 where not installed, and admin_multiple_sessions before uid',
    ),
  },
];

const contact = optionalInline(
  seq({
    admin_cname: text(ADMIN_CONTACT.admin_cname),
    admin_pname: text(ADMIN_CONTACT.admin_pname),
    admin_phone: text(ADMIN_CONTACT.admin_phone),
    admin_fax: text(ADMIN_CONTACT.admin_fax),
    admin_email: text(ADMIN_CONTACT.admin_email),
    admin_address: text(ADMIN_CONTACT.admin_address),
    admin_city: text(ADMIN_CONTACT.admin_city),
    admin_state: text(ADMIN_CONTACT.admin_state),
    admin_pcode: text(ADMIN_CONTACT.admin_pcode),
    admin_country: text(ADMIN_CONTACT.admin_country),
    send_announce: text(ADMIN_CONTACT.send_announce),
  }),
);

const single = { uid: optional(text(string)), 'global-login': optional(text(string)) } as const;

/** The part admin of server/set. */
export const adminPart = seq({ contact, ...single });

/** The same from 1.6.8.0 on. */
export const laterAdminPart = seq({
  contact,
  admin_locale: optional(text(string)),
  admin_multiple_sessions: optional(text(boolean)),
  ...single,
});

type AdminPart = Decoded<typeof adminPart> | Decoded<typeof laterAdminPart>;

/** What the part admin changes: of the administrator's account, and of the settings. */
export interface AdminChange {
  readonly account: Partial<Pick<Account, 'name' | 'phone' | 'email' | 'locale'>>;
  readonly settings: Partial<Pick<ServerSettings, 'admin' | 'adminMultipleSessions'>>;
}

/** Reads the part admin, and changes nothing; a fault where something in it cannot be. */
export function readAdminPart(part: AdminPart, panel: Panel): AdminChange | Fault {
  const { contact: data, uid, 'global-login': globalLogin } = part;
  const {
    admin_pname: name,
    admin_phone: phone,
    admin_email: email,
    send_announce: announce,
    ...others
  } = data;
  const locale = 'admin_locale' in part ? part.admin_locale : undefined;
  const multiple = 'admin_multiple_sessions' in part ? part.admin_multiple_sessions : undefined;
  if (locale !== undefined && !isOffered(locale, panel)) {
    return FAULTS.invalidValue(`The locale '${locale}' is not installed`);
  }
  const kept = defined({
    ...others,
    send_announce: announce === undefined ? undefined : String(isTrue(announce)),
    uid,
    'global-login': globalLogin,
  });
  return {
    account: defined({ name, phone, email, locale }),
    settings: {
      admin: { ...panel.server.now.admin, ...kept },
      ...(multiple === undefined ? {} : { adminMultipleSessions: isTrue(multiple) }),
    },
  };
}

/** A record without what is not there. */
const defined = (record: Readonly<Record<string, string | undefined>>): Record<string, string> =>
  Object.fromEntries(
    Object.entries(record).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
