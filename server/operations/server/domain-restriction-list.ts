import { element } from '../../protocol/answer-xml.ts';
import { bare } from '../../protocol/result.ts';
import { documented } from '../../protocol/source.ts';
import { defineOperation } from '../define.ts';

export const listDomainRestrictions = defineOperation({
  operator: 'server',
  name: 'domain-restriction-list',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'no result: enable, a number, and the names; 1 for on is assumed',
  ),
  callers: 'administrator',
  run(_input, { panel }) {
    const { isOn, names } = panel.server.now.domainRestriction;
    return bare([element('enable', isOn ? '1' : '0'), ...names.map((name) => element('name', name))]);
  },
});
