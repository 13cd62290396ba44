import { seq } from '../../protocol/shape.ts';
import { documented } from '../../protocol/source.ts';
import { resellerFilter } from '../accounts/shapes.ts';
import { defineShape } from '../define.ts';

export const listResellerButtons = defineShape({
  operator: 'reseller',
  name: 'cform-buttons-list',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'buttons of the panel, which the emulated panel has not',
  ),
  request: seq({ filter: resellerFilter }),
  callers: 'administrator',
});
