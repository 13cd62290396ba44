import { seq, some, text } from '../../protocol/shape.ts';
import { string } from '../../protocol/simple-types.ts';
import { documented } from '../../protocol/source.ts';
import { resellerFilter } from '../accounts/shapes.ts';
import { defineShape } from '../define.ts';

export const removeResellerPackages = defineShape({
  operator: 'reseller',
  name: 'remove-package',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'applications that a reseller may install, of which there are none here',
  ),
  request: seq({ filter: resellerFilter, package: some(seq({ name: text(string), value: text(string) })) }),
  callers: 'administrator',
});
