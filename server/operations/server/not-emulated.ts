import { all, optional, seq, some, text } from '../../protocol/shape.ts';
import { boolean, email, oneOf, orEmpty, string } from '../../protocol/simple-types.ts';
import { documented } from '../../protocol/source.ts';
import { defineShape } from '../define.ts';

const SCHEMA = 'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)';

export const manageService = defineShape({
  operator: 'server',
  name: 'srv_man',
  source: documented(SCHEMA, 'a service to start, stop or restart'),
  request: seq({ id: text(string), operation: text(oneOf('start', 'stop', 'restart')) }),
  callers: 'administrator',
});

const data = all({
  login: optional(text(string)),
  password: optional(text(string)),
  email: optional(text(email)),
  contact: optional(text(string)),
  comment: optional(text(orEmpty(string, ''))),
  status: optional(text(orEmpty(boolean, 'true'))),
});
const filter = seq({ login: some(text(string)) });

export const addAdminAlias = defineShape({
  operator: 'server',
  name: 'add-admin-alias',
  source: documented(SCHEMA, 'six elements in any order'),
  request: seq({ data }),
  callers: 'administrator',
});

export const setAdminAlias = defineShape({
  operator: 'server',
  name: 'set-admin-alias',
  source: documented(SCHEMA, 'logins, and the same six elements'),
  request: seq({ filter, data }),
  callers: 'administrator',
});

export const deleteAdminAlias = defineShape({
  operator: 'server',
  name: 'del-admin-alias',
  source: documented(SCHEMA, 'logins'),
  request: seq({ filter }),
  callers: 'administrator',
});
