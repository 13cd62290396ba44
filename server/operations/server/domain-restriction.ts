import type { Fault } from '../../protocol/faults.ts';
import { FAULTS } from '../../protocol/faults.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed } from '../../protocol/source.ts';
import type { Panel } from '../../state/panel.ts';
import type { DomainRestriction } from '../../state/server-settings.ts';

export const DOMAIN_RESTRICTION_RULES: readonly Rule[] = [
  {
    id: 'domain-restriction/names',
    source: assumed(
      'nobody has recorded it',
      'kept in lower case; 1019 for an empty one, 1007 there already, 1013 not there',
    ),
  },
  {
    id: 'domain-restriction/effect',
    source: assumed('there are no domains here', 'a list and a switch, off at first, and no more'),
  },
];

/** A name that may come to the list, or the fault where it may not. */
export function newName(sent: string, { names }: DomainRestriction): string | Fault {
  const name = sent.toLowerCase();
  if (name === '') return FAULTS.invalidValue('The name of a domain is empty');
  return names.includes(name) ? FAULTS.nameExists(`Domain name '${name}' is in the list already.`) : name;
}

/** A name that is in the list, or the fault where it is not. */
export function listedName(sent: string, { names }: DomainRestriction): string | Fault {
  const name = sent.toLowerCase();
  return names.includes(name) ? name : FAULTS.noSuchObject(`Domain name '${name}' is not in the list.`);
}

/** Changes the list or its switch. */
export function changeRestriction({ server }: Panel, change: Partial<DomainRestriction>): void {
  server.change({ domainRestriction: { ...server.now.domainRestriction, ...change } });
}
