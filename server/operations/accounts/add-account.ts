import { Secret } from '../../../base/secret.ts';
import { Fault } from '../../protocol/faults.ts';
import { DEFAULT_LOCALE } from '../../protocol/versions/releases.ts';
import type { Account, Role } from '../../state/account.ts';
import { guidFrom, NO_CONTACT } from '../../state/account.ts';
import type { ResellerTerms } from '../../state/reseller-terms.ts';
import type { Call } from '../define.ts';
import type { GivenValues } from './read-values.ts';
import { readValues } from './read-values.ts';

/** What an account is before gen_info is read. */
interface Origin {
  readonly role: Role;
  readonly owner: Account;
  readonly terms: ResellerTerms | undefined;
  /** The fault for a login that somebody has. */
  readonly taken: (login: string) => Fault;
}

/** The account that gen_info describes, or the fault of its first value that Plesk refuses; nothing is added yet. */
export function readAccount(
  given: GivenValues,
  { role, owner, terms, taken }: Origin,
  call: Call,
): Omit<Account, 'id' | 'guid'> | Fault {
  const values = readValues(given, undefined, taken, call);
  if (values instanceof Fault) return values;
  return {
    ...NO_CONTACT,
    login: '',
    password: new Secret(''),
    role,
    ownerId: owner.id,
    externalId: '',
    status: 0,
    createdAt: call.now,
    locale: DEFAULT_LOCALE,
    terms,
    ...values,
  };
}

/** Adds an account that was read, under a new id and guid. */
export const addAccount = (account: Omit<Account, 'id' | 'guid'>, { panel }: Call): Account =>
  panel.accounts.add({ ...account, guid: guidFrom(panel.ids.hex32()) });
