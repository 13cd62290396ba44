import { element } from '../../protocol/answer-xml.ts';
import { ok } from '../../protocol/result.ts';
import { observed } from '../../protocol/source.ts';
import { spokenBy } from '../../protocol/versions/protocols.ts';
import { defineOperation } from '../define.ts';

export const getProtos = defineOperation({
  operator: 'server',
  name: 'get_protos',
  source: observed(
    'plesk/api-examples e867ce5 and 39a2579',
    'one result with protos, a proto for each version',
  ),
  callers: 'anyone',
  run: (_input, { panel }) =>
    ok([
      element(
        'protos',
        spokenBy(panel.release).map(({ version }) => element('proto', version)),
      ),
    ]),
});
