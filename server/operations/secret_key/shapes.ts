import { any, optional, seq, text } from '../../protocol/shape.ts';
import { string } from '../../protocol/simple-types.ts';
import { documented } from '../../protocol/source.ts';
import { defineShape } from '../define.ts';

const source = documented(
  'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source); docs.plesk.com articles 37121 and 37131',
  'create takes ip_address, description and login in this order; the others a filter of keys',
);

const filter = seq({ filter: seq({ key: any(text(string)) }) });

export const createSecretKey = defineShape({
  operator: 'secret_key',
  name: 'create',
  source,
  request: seq({
    ip_address: optional(text(string)),
    description: optional(text(string)),
    login: optional(text(string)),
  }),
  callers: 'administrator',
});

export const getSecretKeys = defineShape({
  operator: 'secret_key',
  name: 'get_info',
  source,
  request: filter,
  callers: 'administrator',
});

export const deleteSecretKeys = defineShape({
  operator: 'secret_key',
  name: 'delete',
  source,
  request: filter,
  callers: 'administrator',
});
