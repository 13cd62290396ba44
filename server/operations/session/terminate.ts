import { masked } from '../../../base/secret.ts';
import { FAULTS } from '../../protocol/faults.ts';
import { ok } from '../../protocol/result.ts';
import { observed } from '../../protocol/source.ts';
import { defineOperation } from '../define.ts';

export const terminateSession = defineOperation({
  operator: 'session',
  name: 'terminate',
  source: observed('plesk/api-php-lib SessionTest::testTerminate', 'a bare ok'),
  callers: 'administrator',
  run: ({ 'session-id': id }, { panel, now }) =>
    panel.sessions.end(id, 'terminated', now)
      ? ok()
      : FAULTS.noSuchSession(`${masked(id)} is none of the sessions that have not ended`),
});
