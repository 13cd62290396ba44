import type { AnswerElement } from '../../protocol/answer-xml.ts';
import { element } from '../../protocol/answer-xml.ts';
import { ok } from '../../protocol/result.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented } from '../../protocol/source.ts';
import { figuresOf } from '../../state/figures.ts';
import type { Call } from '../define.ts';
import { defineOperation } from '../define.ts';
import type { InputOf } from '../request-models/index.ts';
import type { DatasetName } from './datasets.ts';
import { childrenOf, datasetOf } from './datasets.ts';

export const SERVER_KEY_RULE: Rule = {
  id: 'server-get/key',
  source: assumed(
    'nobody has recorded another',
    'there is one license key and no additional ones; a filter may leave it out',
  ),
};

export const getServer = defineOperation({
  operator: 'server',
  name: 'get',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source); plesk/api-schemas 1.6.9.0 and 1.6.9.1',
    'each dataset once at most, in strict order; two more in 1.6.9.x',
  ),
  callers: 'administrator',
  unread: ({ key }) => (key?.filter?.name === undefined ? [] : ['key/filter/name']),
  run: (input, call) =>
    ok(
      Object.keys(input).flatMap((name) =>
        // Every other name is a dataset.
        name === 'key'
          ? licenseKey(input.key?.filter, call)
          : [element(name, datasetOf(name as DatasetName, call))],
      ),
    ),
});

type KeyFilter = NonNullable<InputOf<'server', 'get'>['key']>['filter'];

function licenseKey(
  wanted: KeyFilter | undefined,
  { panel: { release, figures }, remark }: Call,
): readonly AnswerElement[] {
  const { key } = figuresOf(release, figures);
  const id = key.property.find(({ name }) => name === 'plesk_key_id')?.value ?? '';
  const isWanted =
    wanted === undefined ||
    wanted.all === true ||
    wanted.main === true ||
    wanted['key-id']?.includes(id) === true ||
    Object.keys(wanted).length === 0;
  if (!isWanted) remark('the filter leaves out the one license key that there is');
  return isWanted ? [element('key', childrenOf(key))] : [];
}
