import type { Fault } from '../../protocol/faults.ts';
import { FAULTS } from '../../protocol/faults.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented, observed } from '../../protocol/source.ts';
import type { Account } from '../../state/account.ts';
import { STATUS } from '../../state/account.ts';
import type { Call } from '../define.ts';

export const STATUS_RULES: readonly Rule[] = [
  {
    id: 'account-status/bits',
    source: documented(
      'plesk.com knowledge base 213902805',
      '0 is active, 16 and 32 suspended by administrator and reseller; bits add up',
    ),
  },
  {
    id: 'account-status/any',
    source: observed(
      'plesk/api-php-lib of 2021 to 2024 disabled with 1',
      'any number is kept; by the setting accountStatus 1025 for others than the documented',
    ),
  },
  {
    id: 'account-status/range',
    source: assumed('the column is a number of bits', '1025 for a negative one and for more than 31 bits'),
  },
  {
    id: 'account-status/by-reseller',
    source: assumed(
      'the bit 32 is that of resellers',
      'a reseller sets and lifts 32 whatever it sends, and no other bit',
    ),
  },
  {
    id: 'account-status/own',
    source: assumed('nobody has recorded it', '1006 for who changes the status of the own account'),
  },
  {
    id: 'account-status/with-owner',
    source: assumed(
      'the bit 2 is called so',
      'customers of a suspended reseller have the bit 2 and get in no more',
    ),
  },
  {
    id: 'account-status/read-and-set',
    source: assumed(
      'nobody has recorded it',
      'the bit 2 that is sent back while the reseller is suspended is not kept',
    ),
  },
];

/** The status bits that a status sent makes of those there were, a fault, or `undefined` where none was sent. */
export function statusFor(
  sent: string | undefined,
  before: Account | undefined,
  { caller, panel }: Call,
): number | Fault | undefined {
  if (sent === undefined) return undefined;
  const given = Number(sent);
  if (given < 0 || given > MOST) return FAULTS.wrongStatus(sent);
  const withOwner = before === undefined ? 0 : panel.accounts.statusOf(before) & ~before.status;
  const status = given & ~withOwner;
  if (panel.settings.accountStatus === 'documented' && !DOCUMENTED.includes(status))
    return FAULTS.wrongStatus(sent);
  if (caller.role === 'admin') return status;
  if (before?.id === caller.id) {
    return status === before.status
      ? undefined
      : FAULTS.permissionDenied(`${caller.login} cannot change its own status`);
  }
  const others = (before?.status ?? 0) & ~STATUS.byReseller;
  return status === 0 ? others : others | STATUS.byReseller;
}

const MOST = 2_147_483_647;
const DOCUMENTED: readonly number[] = [0, STATUS.byAdministrator, STATUS.byReseller, STATUS.byCustomer];
