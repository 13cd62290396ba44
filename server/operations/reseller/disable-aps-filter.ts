import { seq } from '../../protocol/shape.ts';
import { documented } from '../../protocol/source.ts';
import { resellerFilter } from '../accounts/shapes.ts';
import { defineShape } from '../define.ts';

export const disableResellerApsFilter = defineShape({
  operator: 'reseller',
  name: 'disable-aps-filter',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'whether a reseller may install all applications, of which there are none here',
  ),
  request: seq({ filter: resellerFilter }),
  callers: 'administrator',
});
