import { ok } from '../../protocol/result.ts';
import { documented } from '../../protocol/source.ts';
import { defineOperation } from '../define.ts';
import { changeRestriction } from './domain-restriction.ts';

export const disableDomainRestriction = defineOperation({
  operator: 'server',
  name: 'domain-restriction-disable',
  source: documented('the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)', 'switches the list off'),
  callers: 'administrator',
  run(_input, { panel, remark }) {
    changeRestriction(panel, { isOn: false });
    remark('switched off');
    return ok();
  },
});
