import { Fault } from '../../protocol/faults.ts';
import { ok } from '../../protocol/result.ts';
import { documented } from '../../protocol/source.ts';
import { defineOperation } from '../define.ts';
import { changeRestriction, newName } from './domain-restriction.ts';

export const addDomainRestriction = defineOperation({
  operator: 'server',
  name: 'domain-restriction-add',
  source: documented('the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)', 'one name comes to the list'),
  callers: 'administrator',
  run(input, { panel, remark }) {
    const { domainRestriction } = panel.server.now;
    const name = newName(input.name, domainRestriction);
    if (name instanceof Fault) return name;
    changeRestriction(panel, { names: [...domainRestriction.names, name] });
    remark(`added ${name}`);
    return ok();
  },
});
