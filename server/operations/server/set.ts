import { all, anything, optional, text } from '../../protocol/shape.ts';
import { between, oneOf, string } from '../../protocol/simple-types.ts';
import { documented } from '../../protocol/source.ts';
import { defineShape } from '../define.ts';

export const setServer = defineShape({
  operator: 'server',
  name: 'set',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'six parts, each once at most, in any order; login_timeout 1 to 99999',
  ),
  request: all({
    admin: optional(anything),
    password: optional(anything),
    prefs: optional(anything),
    session_setup: optional(all({ login_timeout: optional(text(between(1, 99_999))) })),
    'external-id': optional(text(string)),
    mode: optional(text(oneOf('poweruser', 'standard'))),
  }),
  callers: 'administrator',
});
