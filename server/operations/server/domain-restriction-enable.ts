import { ok } from '../../protocol/result.ts';
import { documented } from '../../protocol/source.ts';
import { defineOperation } from '../define.ts';
import { changeRestriction } from './domain-restriction.ts';

export const enableDomainRestriction = defineOperation({
  operator: 'server',
  name: 'domain-restriction-enable',
  source: documented('the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)', 'switches the list on'),
  callers: 'administrator',
  run(_input, { panel, remark }) {
    changeRestriction(panel, { isOn: true });
    remark('switched on');
    return ok();
  },
});
