import { ok } from '../../protocol/result.ts';
import { assumed } from '../../protocol/source.ts';
import { defineOperation, everyChild } from '../define.ts';

export const reboot = defineOperation({
  operator: 'server',
  name: 'reboot',
  source: assumed(
    'the schema of 1.6.6.0 has a status alone',
    'ok, and nothing goes away: there is no machine here',
  ),
  callers: 'administrator',
  unread: everyChild,
  run(_input, { remark }) {
    remark('nothing is rebooted: there is no machine here');
    return ok();
  },
});
