import { Fault, FAULTS } from '../../protocol/faults.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented } from '../../protocol/source.ts';
import { changeAccount } from '../../state/account-changes.ts';
import { NO_TERMS } from '../../state/reseller-terms.ts';
import { readValues } from '../accounts/read-values.ts';
import { NOTHING_MORE, resultsFor } from '../accounts/results.ts';
import { select } from '../accounts/select.ts';
import { defineOperation } from '../define.ts';
import type { GivenTerms } from './read-terms.ts';
import { readTerms } from './read-terms.ts';

export const RESELLER_SET_RULE: Rule = {
  id: 'reseller-set/own',
  source: assumed(
    'docs.plesk.com article 60289 names resellers as callers',
    'a reseller changes itself; 1006 for its limits, permissions, power-user and status',
  ),
};

export const setResellers = defineOperation({
  operator: 'reseller',
  name: 'set',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'status, filter-id and id of each; what is not named stays',
  ),
  callers: 'owners',
  run({ filter, values: { 'gen-info': info = {}, ...granted } }, call) {
    const { 'power-user': powerUser, ...given } = info;
    const terms: GivenTerms = { powerUser, limits: granted.limits, permissions: granted.permissions };
    const hasTerms = Object.values(terms).some((term) => term !== undefined);
    return resultsFor(select(filter, 'reseller', call), (account) => {
      if (hasTerms && call.caller.role !== 'admin')
        return FAULTS.permissionDenied(`${account.login} cannot change what it may do and use`);
      const change = readValues(given, account, FAULTS.loginExists, call);
      if (change instanceof Fault) return change;
      const changed = readTerms(terms, account.terms ?? NO_TERMS, call);
      if (changed instanceof Fault) return changed;
      changeAccount(account, hasTerms ? { ...change, terms: changed } : change, call.panel);
      const named = [...Object.keys(info), ...Object.keys(granted)];
      call.remark(`set ${named.join(', ') || 'nothing'} of ${account.login}`);
      return NOTHING_MORE;
    });
  },
});
