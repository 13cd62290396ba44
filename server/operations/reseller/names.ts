import type { Rule } from '../../protocol/source.ts';
import { assumed, documented, observed } from '../../protocol/source.ts';
import type { Release } from '../../protocol/versions/release.ts';

export const RESELLER_NAME_RULES: readonly Rule[] = [
  {
    id: 'reseller-terms/limit-names',
    source: observed(
      'plesk/api-examples e867ce5 and 39a2579; docs.plesk.com article 60267; the Plesk module of Clientexec',
      'those of a subscription; max_cl and max_dom besides',
    ),
  },
  {
    id: 'reseller-terms/cp-access',
    source: documented(
      'docs.plesk.com article 65751',
      'cp_access is a permission too; shown once it was set, assumed',
    ),
  },
  {
    id: 'reseller-terms/unknown-name',
    source: assumed('nobody has recorded it', '1019 for a limit or permission that the release has not'),
  },
];

/** What can be limited for a reseller. */
export const LIMITS: readonly string[] =
  'max_cl max_dom max_site max_subdom max_dom_aliases disk_space disk_space_soft max_traffic max_traffic_soft max_wu max_subftp_users max_db max_box mbox_quota max_maillists max_webapps max_mssql_db expiration'.split(
    ' ',
  );

/** What a reseller can be permitted on a release; the last is in no recorded list. */
export const permissionsOf = ({ resellerPermissions }: Release): readonly string[] => [
  ...resellerPermissions,
  'cp_access',
];
