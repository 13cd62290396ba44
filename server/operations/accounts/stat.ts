import type { AnswerElement } from '../../protocol/answer-xml.ts';
import { element } from '../../protocol/answer-xml.ts';
import type { Rule } from '../../protocol/source.ts';
import { documented, observed } from '../../protocol/source.ts';
import type { Account } from '../../state/account.ts';
import type { Call } from '../define.ts';

export const STAT_RULES: readonly Rule[] = [
  {
    id: 'stat/customer',
    source: observed(
      'molisoft/plesk_lib spec/vcr on 11.5.30',
      'the counters in their order; all are 0, since nothing is hosted here',
    ),
  },
  {
    id: 'stat/reseller',
    source: documented(
      'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
      'the counters in its order; clients are counted, all else is 0',
    ),
  },
];

const CUSTOMER =
  'active_domains subdomains disk_space postboxs redirects mail_groups mail_resps mail_lists web_users data_bases webapps traffic traffic_prevday'.split(
    ' ',
  );
const RESELLER =
  'active-clients active-domains clients domains subdomains domain-aliases disk-space web-users data-bases postboxs mbox-quota redirects mail-groups mail-resps mail-lists webapps mssql-data-bases traffic traffic-prevday'.split(
    ' ',
  );

/** The dataset stat of a customer. */
export const customerStat = (call: Call): readonly AnswerElement[] =>
  countersOf(CUSTOMER, call).map((name) => element(name, '0'));

/** The dataset stat of a reseller; walks over its customers. */
export function resellerStat({ id }: Account, call: Call): readonly AnswerElement[] {
  const { accounts } = call.panel;
  const customers = accounts.by('owner', id);
  const counted: Readonly<Record<string, number>> = {
    'active-clients': customers.filter((one) => accounts.statusOf(one) === 0).length,
    clients: customers.length,
  };
  return countersOf(RESELLER, call).map((name) => element(name, String(counted[name] ?? 0)));
}

const countersOf = (names: readonly string[], { protocol }: Call): readonly string[] =>
  protocol.answers.webapps ? names : names.filter((name) => name !== 'webapps');
