import { Fault } from '../../protocol/faults.ts';
import { ok } from '../../protocol/result.ts';
import { documented } from '../../protocol/source.ts';
import { defineOperation } from '../define.ts';
import { changeRestriction, listedName } from './domain-restriction.ts';

export const removeDomainRestriction = defineOperation({
  operator: 'server',
  name: 'domain-restriction-remove',
  source: documented('the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)', 'one name leaves the list'),
  callers: 'administrator',
  run(input, { panel, remark }) {
    const { domainRestriction } = panel.server.now;
    const name = listedName(input.name, domainRestriction);
    if (name instanceof Fault) return name;
    changeRestriction(panel, { names: domainRestriction.names.filter((one) => one !== name) });
    remark(`removed ${name}`);
    return ok();
  },
});
