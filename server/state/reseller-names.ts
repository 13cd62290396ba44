import type { Release } from '../protocol/versions/release.ts';

/** What can be limited for a reseller. */
export const LIMITS: readonly string[] =
  'max_cl max_dom max_site max_subdom max_dom_aliases disk_space disk_space_soft max_traffic max_traffic_soft max_wu max_subftp_users max_db max_box mbox_quota max_maillists max_webapps max_mssql_db expiration'.split(
    ' ',
  );

/** What a reseller can be permitted on a release; the last is in no recorded list. */
export const permissionsOf = ({
  resellerPermissions,
}: Pick<Release, 'resellerPermissions'>): readonly string[] => [...resellerPermissions, 'cp_access'];
