import { normalAddress } from '../../../base/addresses.ts';
import { element } from '../../protocol/answer-xml.ts';
import { Fault } from '../../protocol/faults.ts';
import type { Result } from '../../protocol/result.ts';
import { ok } from '../../protocol/result.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, observed } from '../../protocol/source.ts';
import type { Account } from '../../state/account.ts';
import { accountOf } from '../accounts/select.ts';
import type { Call } from '../define.ts';
import { defineOperation } from '../define.ts';
import { addedToPool } from '../reseller/pool.ts';

export const CLIENT_POOL_RULE: Rule = {
  id: 'client-pool/customers',
  source: assumed(
    'customers have had no pool since Plesk 10',
    "an address of the server is ok and not kept; a reseller's pool keeps it",
  ),
};

export const addToPoolOfClient = defineOperation({
  operator: 'client',
  name: 'ippool_add_ip',
  source: observed(
    'plesk/whmcs-plugin, templates of 1.0.0.0; the API RPC manual of Plesk 9',
    'client_id and addresses; assumed: a result for each, of customers and resellers',
  ),
  callers: 'administrator',
  run({ client_id: asked, ip_address: addresses }, call) {
    const client = clientOf(asked, call);
    if (client instanceof Fault) return client.of(element('client_id', asked));
    return addresses.map((address) => addTo(client.id, address, call));
  },
});

/** A customer or a reseller. */
function clientOf(asked: string, call: Call): Account | Fault {
  const found = call.panel.accounts.get(Number(asked));
  return accountOf(found, found?.role === 'reseller' ? 'reseller' : 'customer', call);
}

function addTo(clientId: number, sent: string, call: Call): Result {
  const { accounts } = call.panel;
  const about = element('ip_address', sent);
  const client = accounts.get(clientId);
  const { terms } = client ?? {};
  const pool = addedToPool(terms?.pool ?? [], normalAddress(sent) ?? sent, undefined, call);
  if (pool instanceof Fault) return pool.of(about);
  if (terms === undefined) call.remark(`a customer has no pool: ${sent} is not kept`);
  else accounts.update(clientId, { terms: { ...terms, pool } });
  return ok([about]);
}
