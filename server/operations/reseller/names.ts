import type { Rule } from '../../protocol/source.ts';
import { assumed, documented, observed } from '../../protocol/source.ts';

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
