import type { Fault } from '../../protocol/faults.ts';
import { FAULTS } from '../../protocol/faults.ts';
import { isTrue } from '../../protocol/server-types.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented } from '../../protocol/source.ts';
import type { Account } from '../../state/account.ts';
import { isOffered } from '../../state/locales.ts';
import type { Panel } from '../../state/panel.ts';
import type { ServerSettings } from '../../state/server-settings.ts';
import type { ModelOf } from '../request-models/index.ts';

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

type AdminPart = ModelOf<'server', 'admin'>;

/** What the part admin changes: of the administrator's account, and of the settings. */
export interface AdminChange {
  readonly account: Partial<Pick<Account, 'name' | 'phone' | 'email' | 'locale'>>;
  readonly settings: Partial<Pick<ServerSettings, 'admin' | 'adminMultipleSessions'>>;
}

/** Reads the part admin, and changes nothing; a fault where something in it cannot be. */
export function readAdminPart(part: AdminPart, panel: Panel): AdminChange | Fault {
  const {
    admin_pname: name,
    admin_phone: phone,
    admin_email: email,
    send_announce: announce,
    admin_locale: locale,
    admin_multiple_sessions: multiple,
    ...others
  } = part;
  if (locale !== undefined && !isOffered(locale, panel)) {
    return FAULTS.invalidValue(`The locale '${locale}' is not installed`);
  }
  const kept = defined({
    ...others,
    send_announce: announce === undefined ? undefined : String(isTrue(announce)),
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
