import { ok } from '../../protocol/result.ts';
import { assumed } from '../../protocol/source.ts';
import { defineOperation, everyChild } from '../define.ts';

export const cleanMailQueue = defineOperation({
  operator: 'server',
  name: 'clean-mail-queue',
  source: assumed(
    'the schema of 1.6.6.0 has a status alone',
    'ok: there is no mail here, so the queue is empty',
  ),
  callers: 'administrator',
  unread: everyChild,
  run(_input, { remark }) {
    remark('the queue was empty: there is no mail here');
    return ok();
  },
});
