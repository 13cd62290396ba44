import { Fault } from '../protocol/faults.ts';
import type { Rule } from '../protocol/source.ts';
import type { Protocol } from '../protocol/versions/protocols.ts';
import type { Unreadable, XmlElement } from '../protocol/xml.ts';
import type { PlannedOperator } from '../operations/packet.ts';
import type { Account } from '../state/account.ts';
import type { Panel } from '../state/panel.ts';

/** What came in, with the packet read once. */
export interface Inspected {
  readonly method: string;
  /** A header by its name in lower case. */
  readonly header: (name: string) => string | undefined;
  /** The peer, as a normal address. */
  readonly address: string;
  readonly source: string;
  readonly packet: XmlElement | Unreadable;
}

/** What the check-ups find out on the way: each adds what it is there for. */
export interface Findings {
  readonly protocol?: Protocol;
  readonly caller?: Account;
  readonly plan?: readonly PlannedOperator[];
}

/** One of the check-ups that every packet goes through before any of it runs. */
export interface Checkup extends Rule {
  /** What was found, or the fault that answers for the whole packet. */
  readonly check: (inspected: Inspected, panel: Panel, found: Findings) => Fault | Findings;
}

/** Goes through check-ups in their order; the first fault is the answer. */
export function inspect(
  checkups: readonly Checkup[],
  inspected: Inspected,
  panel: Panel,
): Fault | Required<Findings> {
  const found: { -readonly [K in keyof Findings]: Findings[K] } = {};
  for (const { check } of checkups) {
    const finding = check(inspected, panel, found);
    if (finding instanceof Fault) return finding;
    Object.assign(found, finding);
  }
  const { protocol, caller, plan } = found;
  if (protocol === undefined || caller === undefined || plan === undefined) {
    throw new Error('a check-up is missing');
  }
  return { protocol, caller, plan };
}
