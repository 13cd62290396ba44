import { Fault } from '../../protocol/faults.ts';
import { ok } from '../../protocol/result.ts';
import { documented } from '../../protocol/source.ts';
import { defineOperation } from '../define.ts';
import { changeRestriction, listedName, newName } from './domain-restriction.ts';

export const renameDomainRestriction = defineOperation({
  operator: 'server',
  name: 'domain-restriction-rename',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'one name takes the place of another',
  ),
  callers: 'administrator',
  run(input, { panel, remark }) {
    const { domainRestriction } = panel.server.now;
    const before = listedName(input.name, domainRestriction);
    if (before instanceof Fault) return before;
    const after = newName(input['new-name'], domainRestriction);
    if (after instanceof Fault) return after;
    changeRestriction(panel, {
      names: domainRestriction.names.map((one) => (one === before ? after : one)),
    });
    remark(`renamed ${before} to ${after}`);
    return ok();
  },
});
