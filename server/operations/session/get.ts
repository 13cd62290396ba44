import { element } from '../../protocol/answer-xml.ts';
import { ok } from '../../protocol/result.ts';
import { observed } from '../../protocol/source.ts';
import { defineOperation, everyChild } from '../define.ts';

export const getSessions = defineOperation({
  operator: 'session',
  name: 'get',
  source: observed(
    'plesk/api-examples 39a2579; plesk/api-php-lib SessionTest',
    'a session element for each, from creation on; idle is its last activity',
  ),
  callers: 'administrator',
  unread: everyChild,
  run: (_input, { panel, now }) =>
    ok(
      panel.sessions
        .list(now)
        .map(({ id, role, address, login, createdAt, activeAt }) =>
          element('session', [
            element('id', id),
            element('type', TYPES[role]),
            element('ip-address', address),
            element('login', login),
            element('login-time', panel.time.format(createdAt)),
            element('idle', panel.time.format(activeAt)),
          ]),
        ),
    ),
});

const TYPES = { admin: 'admin', reseller: 'reseller', customer: 'client' } as const;
