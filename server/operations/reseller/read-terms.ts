import { Fault, FAULTS } from '../../protocol/faults.ts';
import { isTrue } from '../../protocol/server-types.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed } from '../../protocol/source.ts';
import type { ResellerTerms } from '../../state/reseller-terms.ts';
import type { Call } from '../define.ts';
import { LIMITS, permissionsOf } from '../../state/reseller-names.ts';
import type { ModelOf } from '../request-models/index.ts';

export const RESELLER_VALUE_RULES: readonly Rule[] = [
  {
    id: 'reseller-terms/named-alone',
    source: assumed(
      'limits and permissions are lists of names',
      'what is not named keeps its value; of a name twice the last counts',
    ),
  },
  {
    id: 'reseller-terms/negative',
    source: assumed('-1 is unlimited', '1019 for a limit below -1'),
  },
];

/** What a request says of a reseller's terms. */
export interface GivenTerms {
  readonly powerUser: string | undefined;
  readonly limits: ModelOf<'reseller', 'reseller-limits'> | undefined;
  readonly permissions: ModelOf<'reseller', 'reseller-permissions'> | undefined;
}

/** The terms that a request makes of those before, or the fault of its first name or value that Plesk refuses. */
export function readTerms(given: GivenTerms, before: ResellerTerms, call: Call): ResellerTerms | Fault {
  const limits = limitsFrom(given.limits?.limit ?? []);
  if (limits instanceof Fault) return limits;
  const permissions = permissionsFrom(given.permissions?.permission ?? [], call);
  if (permissions instanceof Fault) return permissions;
  const { oversell, overuse } = given.limits?.['resource-policy'] ?? {};
  return {
    ...before,
    ...(given.powerUser === undefined ? {} : { powerUser: isTrue(given.powerUser) }),
    ...(oversell === undefined ? {} : { oversell: isTrue(oversell) }),
    ...(overuse === undefined ? {} : { overuse }),
    limits: { ...before.limits, ...limits },
    permissions: { ...before.permissions, ...permissions },
  };
}

interface Named {
  readonly name: string;
  readonly value: string;
}

function limitsFrom(given: readonly Named[]): ResellerTerms['limits'] | Fault {
  const limits: Record<string, string> = {};
  for (const { name, value } of given) {
    if (!LIMITS.includes(name)) return FAULTS.invalidValue(`There is no limit '${name}'`);
    // Not every number of 64 bits is one of JavaScript's.
    const most = BigInt(value.replace('+', ''));
    if (most < -1n) return FAULTS.invalidValue(`The limit ${name} cannot be ${most}: -1 is unlimited`);
    limits[name] = most.toString();
  }
  return limits;
}

function permissionsFrom(given: readonly Named[], { panel }: Call): ResellerTerms['permissions'] | Fault {
  const known = permissionsOf(panel.release);
  const permissions: Record<string, boolean> = {};
  for (const { name, value } of given) {
    if (!known.includes(name)) return FAULTS.invalidValue(`There is no permission '${name}'`);
    permissions[name] = isTrue(value);
  }
  return permissions;
}
