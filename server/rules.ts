import { AUTHENTICATION_RULES } from './checkups/authentication.ts';
import { HEADER_RULES } from './checkups/header.ts';
import { CHECKUPS } from './checkups/index.ts';
import { KEY_RULES } from './checkups/secret-key.ts';
import { ERRCODE_RULES } from './control/fault-codes.ts';
import { AGENT_RULES } from './http/agent-route.ts';
import { DOOR_RULES } from './http/door-route.ts';
import { FORWARDED_RULES } from './http/forwarded.ts';
import { PLAIN_TO_TLS_RULES } from './http/plain-to-tls.ts';
import { PATH_RULES } from './http/plesk-path.ts';
import { ACCOUNT_RULES } from './operations/accounts/rules.ts';
import {
  CATALOGUE,
  CATALOGUE_DROPPED,
  CATALOGUE_LATER,
  CATALOGUE_NEWER,
  CATALOGUE_OLD,
} from './operations/catalogue.ts';
import { CUSTOMER_RULES } from './operations/customer/rules.ts';
import { CLIENT_POOL_RULE } from './operations/client/ippool_add_ip.ts';
import { IP_RULES } from './operations/ip/addresses.ts';
import { LOCALE_RULES } from './operations/locale/rules.ts';
import { CREATE_KEY_RULES } from './operations/secret_key/create.ts';
import { KEY_FILTER_RULES } from './operations/secret_key/shown-key.ts';
import { ADMINISTRATOR_RULES } from './operations/server/administrator.ts';
import { CREATE_SESSION_RULES } from './operations/server/create_session.ts';
import { DATASET_RULES } from './operations/server/datasets.ts';
import { DOMAIN_RESTRICTION_RULES } from './operations/server/domain-restriction.ts';
import { SERVER_KEY_RULE } from './operations/server/get.ts';
import { MISC_RULES } from './operations/server/misc.ts';
import { SERVER_SET_RULES } from './operations/server/set.ts';
import { SET_ADMIN_RULES } from './operations/server/set-admin.ts';
import { SESSION_ACCOUNT_RULES } from './operations/server/session-account.ts';
import { OPERATIONS } from './operations/registry.ts';
import { RESELLER_RULES } from './operations/reseller/rules.ts';
import { FORGERY_RULES } from './panel/forgery-token.ts';
import { LOGIN_UP_RULES } from './panel/login-up.ts';
import { LOGOUT_RULES } from './panel/logout.ts';
import { COOKIE_RULES } from './panel/cookies.ts';
import { REDIRECT_RULES } from './panel/redirect-rules.ts';
import { RSESSION_INIT_RULES } from './panel/rsession-init.ts';
import { VISIT_RULES } from './panel/visit.ts';
import { FAULT_RULES } from './protocol/fault-table.ts';
import type { Rule } from './protocol/source.ts';
import { PROTOCOL_RULES } from './protocol/versions/protocols.ts';
import { RELEASE_RULES } from './protocol/versions/release-rules.ts';
import { RELEASES } from './protocol/versions/releases.ts';

/** Everything that the emulator does because Plesk does it, each with its source; docs/RULES.md lists them. */
export const RULES: readonly Rule[] = [
  ...RELEASES,
  ...RELEASE_RULES,
  ...PROTOCOL_RULES,
  ...AGENT_RULES,
  ...CHECKUPS,
  ...HEADER_RULES,
  ...AUTHENTICATION_RULES,
  ...KEY_RULES,
  CATALOGUE,
  CATALOGUE_LATER,
  CATALOGUE_NEWER,
  CATALOGUE_OLD,
  CATALOGUE_DROPPED,
  ...OPERATIONS,
  ...ACCOUNT_RULES,
  ...RESELLER_RULES,
  ...CUSTOMER_RULES,
  ...CREATE_SESSION_RULES,
  ...SESSION_ACCOUNT_RULES,
  ...CREATE_KEY_RULES,
  ...KEY_FILTER_RULES,
  ...DATASET_RULES,
  ...ADMINISTRATOR_RULES,
  SERVER_KEY_RULE,
  ...SERVER_SET_RULES,
  ...SET_ADMIN_RULES,
  ...MISC_RULES,
  ...DOMAIN_RESTRICTION_RULES,
  CLIENT_POOL_RULE,
  ...IP_RULES,
  ...LOCALE_RULES,
  ...FAULT_RULES,
  ...ERRCODE_RULES,
  ...DOOR_RULES,
  ...PATH_RULES,
  ...FORWARDED_RULES,
  ...PLAIN_TO_TLS_RULES,
  ...RSESSION_INIT_RULES,
  ...LOGIN_UP_RULES,
  ...LOGOUT_RULES,
  ...FORGERY_RULES,
  ...REDIRECT_RULES,
  ...COOKIE_RULES,
  ...VISIT_RULES,
];

/** How many rules are documented, observed and assumed. */
export const countByKind = (rules: readonly Rule[]): Readonly<Record<Rule['source']['kind'], number>> => {
  const counts = { documented: 0, observed: 0, assumed: 0 };
  for (const { source } of rules) counts[source.kind] += 1;
  return counts;
};
