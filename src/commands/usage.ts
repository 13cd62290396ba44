import type { SettingTable } from '../../base/settings.ts';
import { flagOf } from '../../base/settings.ts';
import { CHECK_OPTIONS } from './check.ts';
import { COMMON_OPTIONS } from './command.ts';
import { ADD_OPTIONS } from './key-add.ts';
import { REVOKE_OPTIONS } from './keys.ts';
import { SERVER_OPTIONS } from './server-options.ts';
import { USER_OPTIONS } from './users.ts';

/** What `--help` says of the commands that write the directory. */
export const directoryUsage =
  (): string => `plesk-sso keys add NAME [options]       make a key of the API, and print it this once
plesk-sso keys list                     list the keys, without themselves
plesk-sso keys revoke ID|NAME [--all]   end one, or all of a name
plesk-sso users set ID [options]        add a user, or change one
plesk-sso users list [ID...]            list users and their accounts
plesk-sso users remove ID...            forget users
plesk-sso servers set ID [options]      add a Plesk server, or change one
plesk-sso servers list                  list the servers, without their credentials
plesk-sso servers remove ID             forget one that no user has an account on
plesk-sso servers check [ID...]         ask each whether it is as its entry says

all of them:
${rowsOf(COMMON_OPTIONS)}

keys add:
${rowsOf(ADD_OPTIONS)}

keys revoke:
${rowsOf(REVOKE_OPTIONS)}

users set (what is not named stays as it was):
${rowsOf(USER_OPTIONS)}

servers set (what is not named stays as it was):
${rowsOf(SERVER_OPTIONS)}

servers check:
${rowsOf(CHECK_OPTIONS)}

The first set or add makes the directory file. PLESK_SSO_DIRECTORY, PLESK_SSO_PEPPER_KEYS and, for servers check,
PLESK_SSO_PUBLIC_URL count where their flags are absent; no other option is read from the environment.
Exit codes: 0 done, 1 something is wrong, 2 wrong use.
`;

/** A line for each option of a table. */
export function rowsOf(table: SettingTable): string {
  const rows = Object.entries(table).map(([name, { kind, value, says, standard }]) => {
    const isSwitch = kind === 'boolean' && !(name in ONE_WAY);
    const flag = isSwitch ? `--[no-]${flagOf(name)}` : `--${flagOf(name)} ${value}`.trimEnd();
    const shown = typeof standard === 'boolean' ? (standard ? 'on' : 'off') : standard;
    const isShown = typeof shown === 'number' || (typeof shown === 'string' && !(name in ONE_WAY));
    return `  ${flag.padEnd(40)} ${says}${isShown ? ` (${shown})` : ''}`;
  });
  return rows.join('\n');
}

/** Switches that nobody switches off. */
const ONE_WAY = { json: true, seal: true, all: true };
