import { documented } from '../../protocol/source.ts';
import { resultsFor } from '../accounts/results.ts';
import { select } from '../accounts/select.ts';
import { defineOperation } from '../define.ts';
import { descriptor } from './descriptor.ts';

export const getPermissionDescriptor = defineOperation({
  operator: 'reseller',
  name: 'get-permission-descriptor',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'for each reseller what can be permitted, a property each',
  ),
  callers: 'administrator',
  run: ({ filter }, call) =>
    resultsFor(select(filter, 'reseller', call), () => [
      descriptor(call.panel.release.resellerPermissions, 'boolean', 'false'),
    ]),
});
