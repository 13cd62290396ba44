import { element } from '../../protocol/answer-xml.ts';
import { Fault, FAULTS } from '../../protocol/faults.ts';
import { documented, observed } from '../../protocol/source.ts';
import { changeAccount, removeAccount } from '../../state/account-changes.ts';
import { NO_TERMS } from '../../state/reseller-terms.ts';
import { addAccount, readAccount } from '../accounts/add-account.ts';
import { customerLimitFault, ownerOf } from '../accounts/owner.ts';
import { readValues } from '../accounts/read-values.ts';
import { CUSTOMERS } from '../accounts/resource.ts';
import { verbsOf } from '../resource.ts';
import { takenLogin } from './taken-login.ts';

const customer = verbsOf({ operator: 'customer', ...CUSTOMERS });

export const addCustomer = customer.add({
  source: observed(
    'molisoft/plesk_lib spec/vcr; plesk/api-examples e867ce5 and 39a2579',
    'status, id and guid, without a filter-id',
  ),
  callers: 'owners',
  make({ gen_info: given }, call) {
    const owner = ownerOf(given, call);
    if (owner instanceof Fault) return owner;
    const origin = { role: 'customer', owner, terms: undefined, taken: takenLogin(call) } as const;
    const account = readAccount(given, origin, call);
    if (account instanceof Fault) return account;
    const added = customerLimitFault(owner, call) ?? addAccount(account, call);
    if (!(added instanceof Fault)) call.remark(`added ${added.login} (${added.id}) for ${owner.login}`);
    return added;
  },
});

export const getCustomers = customer.get({
  source: observed(
    'molisoft/plesk_lib spec/vcr; plesk/api-examples; AnalogJ/lexicon, site get with an empty dataset',
    'a result for each, gen_info before stat; empty data for an empty dataset',
  ),
  callers: 'anyone',
});

export const setCustomers = customer.set({
  source: observed(
    'molisoft/plesk_lib spec/vcr on 11.5.30',
    'status, filter-id and id of each; the owner cannot be set',
  ),
  callers: 'anyone',
  change(account, { gen_info: given = {} }, call) {
    const change = readValues(given, account, takenLogin(call), call);
    if (change instanceof Fault) return change;
    changeAccount(account, change, call.panel);
    call.remark(`set ${Object.keys(given).join(', ') || 'nothing'} of ${account.login}`);
    return undefined;
  },
});

export const deleteCustomers = customer.del({
  source: observed(
    'plesk/api-examples e867ce5 and 39a2579',
    'status, filter-id and id of each; sessions and keys go with it, assumed',
  ),
  callers: 'owners',
  remove(account, { panel, remark }) {
    removeAccount(account, panel);
    remark(`removed ${account.login} (${account.id})`);
    return undefined;
  },
});

export const changeOwner = customer.each('change-owner', {
  source: documented(
    'docs.plesk.com article 73470',
    'addresses and plan are for subscriptions, and there are none; id and guid stay, assumed',
  ),
  callers: 'administrator',
  unread: (input) =>
    (['ipV4-address', 'ipV6-address', 'plan-name'] as const).filter(
      (name) => (input[name]?.length ?? 0) > 0 || input[name] === '',
    ),
  answer(account, { 'new-owner-login': login }, call) {
    const owner = ownerOf({ 'owner-login': login }, call);
    if (owner instanceof Fault) return owner;
    // An owner always has room for a customer that it has already.
    const fault = account.ownerId === owner.id ? undefined : customerLimitFault(owner, call);
    if (fault !== undefined) return fault;
    changeAccount(account, { ownerId: owner.id }, call.panel);
    call.remark(`gave ${account.login} to ${owner.login}`);
    return undefined;
  },
});

export const convertToResellers = customer.each('convert-to-reseller', {
  source: documented(
    'docs.plesk.com article 60525',
    'without a plan it has what the customer had; ids, names and password stay, assumed',
  ),
  callers: 'administrator',
  answer(account, { 'reseller-plan-name': plan }, { panel, remark }) {
    const { login, ownerId } = account;
    if (ownerId !== undefined && panel.accounts.get(ownerId)?.role === 'reseller') {
      return FAULTS.inUse(
        'Only customers of the administrator can become resellers.',
        `${login} belongs to a reseller; change-owner gives it to the administrator`,
      );
    }
    if (plan !== undefined)
      return FAULTS.noSuchObject('Reseller plan does not exist.', `there are no plans, nor '${plan}'`);
    changeAccount(account, { role: 'reseller', terms: NO_TERMS }, panel);
    remark(`made ${login} a reseller, without any permission`);
    return undefined;
  },
});

export const setBillingOfCustomers = customer.each('set-billing-info', {
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'figures for pages of the panel; no operation reads them again, so none are kept',
  ),
  callers: 'owners',
  unread: ({ values }) => Object.keys(values).map((name) => `values/${name}/value`),
  answer({ login }, _input, { remark }) {
    remark(`kept no billing figures of ${login}`);
    return undefined;
  },
});

export const getDomainsOfCustomers = customer.each('get-domain-list', {
  source: documented(
    'docs.plesk.com article 75294; plesk/api-schemas 1.6.7.0',
    'the domains of each customer; nothing is hosted here, so there are none',
  ),
  callers: 'anyone',
  answer: () => [element('domains', [])],
});
