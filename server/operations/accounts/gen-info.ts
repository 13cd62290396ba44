import { hash } from 'node:crypto';
import type { AnswerElement } from '../../protocol/answer-xml.ts';
import { element } from '../../protocol/answer-xml.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, observed } from '../../protocol/source.ts';
import type { Account } from '../../state/account.ts';
import { ADMIN } from '../../state/seed-state.ts';
import type { Call } from '../define.ts';

export const GEN_INFO_RULES: readonly Rule[] = [
  {
    id: 'gen-info/order',
    source: observed(
      'molisoft/plesk_lib spec/vcr; plesk/api-examples e867ce5 and 39a2579',
      'the order of the elements, the password last; empty texts are there',
    ),
  },
  {
    id: 'gen-info/owner',
    source: observed(
      'molisoft/plesk_lib spec/vcr; plesk/api-examples e867ce5 and 39a2579',
      'owner-login for customers of the administrator, owner-id for those of resellers; vendor-guid always',
    ),
  },
  {
    id: 'gen-info/password',
    source: observed(
      'molisoft/plesk_lib spec/vcr; plesk/api-examples e867ce5 and 39a2579',
      'type crypt and a hash that begins with $5$',
    ),
  },
  {
    id: 'gen-info/password-hash',
    source: assumed(
      '5000 rounds would cost milliseconds an account',
      'the hash has the form of SHA-256 crypt alone: nothing matches it',
    ),
  },
  {
    id: 'gen-info/password-callers',
    source: assumed('nobody has recorded it', 'for others than the administrator the password is left out'),
  },
];

/** The dataset gen_info of a customer. */
export function customerInfo(account: Account, call: Call): readonly AnswerElement[] {
  const { panel } = call;
  const owner = account.ownerId === undefined ? undefined : panel.accounts.get(account.ownerId);
  return [
    element('cr_date', dateOf(account, call)),
    ...contact(account, call),
    owner?.role === 'reseller'
      ? element('owner-id', String(owner.id))
      : element('owner-login', owner?.login ?? ADMIN),
    element('vendor-guid', owner?.guid ?? ''),
    element('external-id', account.externalId),
    ...description(account, call),
    ...password(account, 'password_type', call),
  ];
}

/** The dataset gen-info of a reseller. */
export const resellerInfo = (account: Account, call: Call): readonly AnswerElement[] => [
  element('cr-date', dateOf(account, call)),
  ...contact(account, call),
  element('external-id', account.externalId),
  ...description(account, call),
  element('power-user', String(account.terms?.powerUser === true)),
  ...password(account, 'password-type', call),
];

const description = (account: Account, { protocol }: Call): readonly AnswerElement[] =>
  protocol.answers.description ? [element('description', account.description)] : [];

const dateOf = ({ createdAt }: Account, { panel }: Call): string => panel.time.format(createdAt).slice(0, 10);

const contact = (account: Account, { panel }: Call): readonly AnswerElement[] => [
  element('cname', account.company),
  element('pname', account.name),
  element('login', account.login),
  element('status', String(panel.accounts.statusOf(account))),
  element('phone', account.phone),
  element('fax', account.fax),
  element('email', account.email),
  element('address', account.address),
  element('city', account.city),
  element('state', account.state),
  element('pcode', account.postcode),
  element('country', account.country),
  element('locale', account.locale),
  element('guid', account.guid),
];

const password = (account: Account, type: string, { caller }: Call): readonly AnswerElement[] =>
  caller.role === 'admin' ? [element('password', hashOf(account)), element(type, 'crypt')] : [];

/** The same for the same password of an account, another for another. */
function hashOf({ guid, password: secret }: Account): string {
  const [salt, digest] = ['salt', 'hash'].map((what) =>
    hash('sha256', `${what} ${guid} ${secret.reveal()}`, 'base64').replaceAll('=', '').replaceAll('+', '.'),
  );
  return `$5$${(salt ?? '').slice(0, 16)}$${digest ?? ''}`;
}
