import { any, anything, choice, optional, seq, text } from '../../protocol/shape.ts';
import { id, int, string } from '../../protocol/simple-types.ts';
import { documented } from '../../protocol/source.ts';
import { defineShape } from '../define.ts';

const source = documented(
  'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
  'a filter is one kind of criterion, as often as wanted',
);

const filter = choice('once', {
  id: any(text(id)),
  login: any(text(string)),
  'owner-id': any(text(int)),
  'owner-login': any(text(string)),
  guid: any(text(string)),
  'external-id': any(text(string)),
});

export const getCustomers = defineShape({
  operator: 'customer',
  name: 'get',
  source,
  request: seq({ filter, dataset: seq({ gen_info: optional(anything), stat: optional(anything) }) }),
  callers: 'anyone',
});

export const deleteCustomers = defineShape({
  operator: 'customer',
  name: 'del',
  source,
  request: seq({ filter }),
  callers: 'anyone',
});
