import { ADMIN_CONTACT, isTrue } from '../../protocol/server-types.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed } from '../../protocol/source.ts';
import type { Account } from '../../state/account.ts';
import type { Figures } from '../../state/figures.ts';
import { ADMIN } from '../../state/seed-state.ts';
import type { Call } from '../define.ts';

export const ADMINISTRATOR_RULES: readonly Rule[] = [
  {
    id: 'server-get/administrator',
    source: assumed(
      'a server has one administrator',
      'whichever administrator calls, data and password are those of the login admin',
    ),
  },
  {
    id: 'server-get/administrator-without-data',
    source: assumed(
      'Plesk has name and e-mail from its set-up; the schema wants an address',
      'without a name Administrator, without an e-mail admin@ and the server_name',
    ),
  },
];

/** The account whose data and password server/get and server/set are about. */
export const administratorOf = ({ caller, panel }: Call): Account => panel.accounts.byLogin(ADMIN) ?? caller;

/** The dataset admin, by element. */
export function adminContact(call: Call, { gen_info }: Figures): Readonly<Record<string, string>> {
  const { release, server } = call.panel;
  const { name, phone, email, locale } = administratorOf(call);
  const { admin, adminMultipleSessions } = server.now;
  const known: Readonly<Record<string, string>> = {
    ...admin,
    admin_pname: name === '' ? 'Administrator' : name,
    admin_phone: phone,
    admin_email: email === '' ? `admin@${gen_info.server_name}` : email,
    send_announce: String(isTrue(admin['send_announce'] ?? '')),
    admin_locale: locale,
    admin_multiple_sessions: String(adminMultipleSessions),
  };
  const extras = ['admin_locale', 'admin_multiple_sessions'].filter((one) =>
    release.serverExtras.includes(one),
  );
  const single = ['uid', 'global-login'].filter((one) => known[one] !== undefined);
  return Object.fromEntries(
    [...Object.keys(ADMIN_CONTACT), ...extras, ...single].map((one) => [one, known[one] ?? '']),
  );
}
