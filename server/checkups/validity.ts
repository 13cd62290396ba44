import { Violation } from '../protocol/decode.ts';
import { FAULTS } from '../protocol/faults.ts';
import { documented } from '../protocol/source.ts';
import { Unreadable } from '../protocol/xml.ts';
import { planPacket, violationFault } from '../operations/packet.ts';
import type { Checkup } from './checkup.ts';

/** Whether the packet can be read at all and is of the schema of its version. Plans it whole. */
export const validity: Checkup = {
  id: 'checkup/validity',
  source: documented(
    'docs.plesk.com article 28729',
    'a packet that violates the schema of its version is refused whole',
  ),
  check: ({ packet, source }, { spoken }, { protocol }) => {
    if (packet instanceof Unreadable) return FAULTS.unreadable(packet.why);
    if (protocol === undefined) throw new Error('the version is checked first');
    const plan = planPacket(packet, protocol, spoken);
    return plan instanceof Violation ? violationFault(plan, source) : { plan };
  },
};
