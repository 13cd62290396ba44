import { element } from '../../protocol/answer-xml.ts';
import { Fault, FAULTS } from '../../protocol/faults.ts';
import { documented, observed } from '../../protocol/source.ts';
import { changeAccount, removeAccount } from '../../state/account-changes.ts';
import { NO_TERMS } from '../../state/reseller-terms.ts';
import { ADMIN } from '../../state/seed-state.ts';
import { addAccount, readAccount } from '../accounts/add-account.ts';
import { readValues } from '../accounts/read-values.ts';
import { RESELLERS } from '../accounts/resource.ts';
import { verbsOf } from '../resource.ts';
import { DESCRIBED, descriptor, LIMIT_PROPERTIES } from './descriptor.ts';
import { planFault } from './plan.ts';
import type { GivenTerms } from './read-terms.ts';
import { readTerms } from './read-terms.ts';
import { TERM_DATASETS } from './show-terms.ts';

const reseller = verbsOf({
  operator: 'reseller',
  ...RESELLERS,
  datasets: { ...RESELLERS.datasets, ...TERM_DATASETS },
});

const described = verbsOf({ operator: 'reseller', ...DESCRIBED });

export const addReseller = reseller.add({
  source: observed(
    'molisoft/plesk_lib spec/vcr on 11.5.30; plesk/api-examples e867ce5 and 39a2579',
    'status, id and guid; where nothing is said nothing is permitted and nothing limited',
  ),
  callers: 'administrator',
  make({ 'gen-info': { 'power-user': powerUser, ...given }, limits, permissions, ...plan }, call) {
    const owner = call.panel.accounts.byLogin(ADMIN) ?? call.caller;
    const origin = { role: 'reseller', owner, terms: NO_TERMS, taken: FAULTS.loginExists } as const;
    const account = readAccount(given, origin, call);
    if (account instanceof Fault) return account;
    const terms = readTerms({ powerUser, limits, permissions }, NO_TERMS, call);
    if (terms instanceof Fault) return terms;
    const added = planFault(plan) ?? addAccount({ ...account, terms }, call);
    if (!(added instanceof Fault)) call.remark(`added the reseller ${added.login} (${added.id})`);
    return added;
  },
});

export const getResellers = reseller.get({
  source: observed(
    'plesk/api-examples e867ce5 and 39a2579',
    "a result for each with its data; behind gen-info the schema's order, assumed",
  ),
  callers: 'owners',
});

export const setResellers = reseller.set({
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'status, filter-id and id of each; what is not named stays',
  ),
  callers: 'owners',
  change(account, { 'gen-info': info = {}, ...granted }, call) {
    const { 'power-user': powerUser, ...given } = info;
    const terms: GivenTerms = { powerUser, limits: granted.limits, permissions: granted.permissions };
    const hasTerms = Object.values(terms).some((term) => term !== undefined);
    if (hasTerms && call.caller.role !== 'admin')
      return FAULTS.permissionDenied(`${account.login} cannot change what it may do and use`);
    const change = readValues(given, account, FAULTS.loginExists, call);
    if (change instanceof Fault) return change;
    const changed = readTerms(terms, account.terms ?? NO_TERMS, call);
    if (changed instanceof Fault) return changed;
    changeAccount(account, hasTerms ? { ...change, terms: changed } : change, call.panel);
    const named = [...Object.keys(info), ...Object.keys(granted)];
    call.remark(`set ${named.join(', ') || 'nothing'} of ${account.login}`);
    return undefined;
  },
});

export const deleteResellers = reseller.del({
  source: observed(
    'plesk/api-examples e867ce5 and 39a2579',
    'status, filter-id and id of each; sessions and keys go with it, assumed',
  ),
  callers: 'administrator',
  remove(account, { panel, remark }) {
    const { accounts, settings } = panel;
    const { id, login } = account;
    const customers = accounts.count('owner', id);
    if (settings.resellerWithCustomers === 'refuse' && customers > 0)
      return FAULTS.inUse(
        'The reseller has customers.',
        `${login} has ${customers} (setting resellerWithCustomers)`,
      );
    removeAccount(account, panel);
    remark(`removed the reseller ${login} (${id}) and ${customers} customers`);
    return undefined;
  },
});

export const convertToCustomers = reseller.each('convert-to-customer', {
  source: documented(
    'docs.plesk.com articles 73474 and 73398',
    'contact data stays, what was granted goes; 1023 while it has customers, assumed',
  ),
  callers: 'administrator',
  answer(account, { 'plan-name': plan }, { panel, remark }) {
    const { id, login } = account;
    const customers = panel.accounts.count('owner', id);
    if (customers > 0) return FAULTS.inUse('The reseller has customers.', `${login} has ${customers}`);
    if (plan !== undefined)
      return FAULTS.noSuchObject('Plan does not exist.', `there are no plans, nor '${plan}'`);
    changeAccount(account, { role: 'customer', terms: undefined }, panel);
    remark(`made ${login} a customer`);
    return undefined;
  },
});

export const switchSubscription = reseller.each('switch-subscription', {
  source: documented(
    'docs.plesk.com articles 60297 and 66530',
    'no-plan frees a reseller of its plan; there are no plans here',
  ),
  callers: 'administrator',
  answer: (_account, { 'plan-guid': guid, 'plan-external-id': externalId }) =>
    planFault({ 'plan-guid': guid, 'plan-external-id': externalId }),
});

export const syncSubscription = reseller.each('sync-subscription', {
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'status, filter-id and id; without a plan nothing differs from it, ok is assumed',
  ),
  callers: 'administrator',
  answer: () => undefined,
});

export const getLimitDescriptor = described.each('get-limit-descriptor', {
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'for each reseller what can be limited, a property each',
  ),
  callers: 'administrator',
  answer: () => [descriptor(LIMIT_PROPERTIES)],
});

export const getPermissionDescriptor = described.each('get-permission-descriptor', {
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'for each reseller what can be permitted, a property each',
  ),
  callers: 'administrator',
  answer: (_account, _input, { panel }) => [
    descriptor(
      panel.release.resellerPermissions.map((name) => ({ name, type: 'boolean', standard: 'false' })),
    ),
  ],
});

export const getDomainsOfResellers = reseller.each('get-domain-list', {
  source: documented(
    'plesk/api-schemas 1.6.7.0 and 1.6.8.0',
    'the domains of each reseller; nothing is hosted here, so there are none',
  ),
  callers: 'administrator',
  answer: () => [element('domains', [])],
});
