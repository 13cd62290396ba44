import { assumed, documented, observed } from '../protocol/source.ts';
import type { Rule } from '../protocol/source.ts';

/** The names of what Plesk has: for the shapes of packets, and for saying what is not emulated. */
export const CATALOGUE: Rule = {
  id: 'catalogue/operations',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source); plesk/api-schemas 1.6.7.0 to 1.6.9.1',
    'every operator is a choice of its operations, listed in the order of the schema',
  ),
};

/** Where the schemas at hand end. */
export const CATALOGUE_LATER: Rule = {
  id: 'catalogue/later-operations',
  source: assumed(
    'of the later schemas only some operators are at hand',
    'operations stay those of 1.6.6.0 where unknown; php-handler and extension take any',
  ),
};

/** Operators that hold exactly one operation; the others hold one or more, in any mix. */
export const SINGLE_OPERATION: ReadonlySet<string> = new Set(
  'db_server business-logic-upgrade webmail sitebuilder'.split(' '),
);

/** The operations of 1.6.6.0, an operator a line. */
const OPERATIONS = `
server: get_protos get set srv_man lic_install lic_update initial_setup get_additional_key
  remove_additional_key renew_additional_key set_misc get_misc create_session del_misc set-ppb-connection
  set-poa-connection reboot license-rollback-key license-retrieve-keys lic_get_info install-module
  clean-mail-queue add-admin-alias set-admin-alias del-admin-alias domain-restriction-add
  domain-restriction-remove domain-restriction-list domain-restriction-rename domain-restriction-enable
  domain-restriction-disable
customer: add get del set set-billing-info convert-to-reseller change-owner
webspace: add get set del cform_buttons_list get_traffic set_traffic get-limit-descriptor
  get-permission-descriptor get-physical-hosting-descriptor switch-subscription sync-subscription
  add-subscription remove-subscription set-billing-info add-package remove-package add-plan-item
  remove-plan-item enable-aps-filter disable-aps-filter get-changed db-servers
subdomain: add get del set rename
dns: sync-with-template add_rec get_rec del_rec get_acl add_to_acl remove_from_acl set get switch
  add_master_server get_master_server del_master_server enable disable enable-remote-dns disable-remote-dns
  get-status-remote-dns set-recursion get-recursion get-supported-recursion
db_server: add set del set-default get-default get get-supported-types get-local
mail: create update get_info remove enable disable set_prefs get_prefs rename get-available-mail-providers
migration: start finish get_fs get_status check
certificate: install remove generate get-pool
site-alias: create get set delete rename get-supported-services
ip: add get set del
event_log: get get_events get-last-id
spamfilter: add-pattern del-pattern get-patterns get set get-allowed-preferences get-allowed-lists check
secret_key: create get_info delete
ui: create-custombutton get-custombutton delete-custombutton get-navigation branding-theme-install
  branding-theme-uninstall
service-plan: add get del set add-package remove-package enable-aps-filter disable-aps-filter add-plan-item
  remove-plan-item get-limit-descriptor get-permission-descriptor get-physical-hosting-descriptor db-servers
  duplicate
webuser: add del set get set-prefs get-prefs
maillist: add-list del-list get-list add-member get-members del-member enable disable enable-list
  disable-list get-status
virtdir: create update remove get
database: add-db del-db get-db set-default-user get-default-user add-db-user del-db-user get-db-users
  set-db-user
ftp-user: add set del get
session: get terminate
updater: check get-updates get-components install-component update
locale: get install get-message remove enable disable
log-rotation: set get enable disable get-status
backup-manager: get-remote-storage-settings set-remote-storage-settings backup-webspace backup-customer
  backup-reseller backup-server get-tasks-info get-local-backup-list import-file download-file
  get-supported-protocols stop-backup remove-file
sso: enable disable register set-default-idp get-default-idp restore-default-idp set-branded-idp
  get-branded-idp del-branded-idp add-delegation-rule del-delegation-rule get-prefs set
protected-dir: add delete set get add-user set-user delete-user get-user get-pd-location-descriptor
reseller: add set get del ippool-add-ip ippool-del-ip ippool-set-ip cform-buttons-list get-limit-descriptor
  get-permission-descriptor convert-to-customer switch-subscription sync-subscription add-package
  remove-package enable-aps-filter disable-aps-filter
reseller-plan: add get del set add-package remove-package get-limit-descriptor get-permission-descriptor
  enable-aps-filter disable-aps-filter duplicate
aps: download-package get-download-status import-package get-packages-list install import-config
  set-package-properties get-packages-list-by-reseller get-packages-list-by-webspace
smb: initial_setup
service-plan-addon: add get del set add-package remove-package get-limit-descriptor
  get-permission-descriptor get-physical-hosting-descriptor duplicate
site: add get set del cform_buttons_list get_traffic set_traffic get-physical-hosting-descriptor
user: add get set del add-billing set-billing del-billing
role: add get set del get-permission-descriptor
business-logic-upgrade: get-customers-to-upgrade get-subscriptions-to-upgrade apply-solution
webmail: get-supported get-available register unregister enable disable
plan-item: add update remove get
sitebuilder: assign-trial-site suspend-site remove-site
service-node: add set list reread-info remove test-remove
ip-ban: get-settings set-settings
wp-instance: enable-auto-updates disable-auto-updates remove update-core clear-cache activate-plugin
  deactivate-plugin uninstall-plugin update-plugin install-plugin activate-theme uninstall-theme
  update-theme install-theme get-list get-plugin-list get-theme-list search-plugins search-themes
`;

/** What clients call and the schema of 1.6.6.0 does not have yet. */
export const CATALOGUE_NEWER: Rule = {
  id: 'catalogue/newer-operations',
  source: observed(
    'plesk/api-php-lib, CertificateTest::testUpdate; plesk/api-schemas 1.6.8.0',
    'from 17.0 certificate has update, database has assign-to-subscription and set-custom-host; their places assumed',
  ),
};

/** What later packet versions changed, an operator a line, oldest first. */
const CHANGES: readonly (readonly [since: string, operations: string])[] = [
  [
    '1.6.7.0',
    `
customer: add get del set set-billing-info convert-to-reseller change-owner get-domain-list
reseller: add set get del ippool-add-ip ippool-del-ip ippool-set-ip cform-buttons-list get-limit-descriptor
  get-permission-descriptor convert-to-customer switch-subscription sync-subscription add-package
  remove-package enable-aps-filter disable-aps-filter get-domain-list
locale: get get-message enable disable
`,
  ],
  [
    '1.6.8.0',
    `
customer: add get del set convert-to-reseller change-owner get-domain-list
user: add get set del
certificate: install update remove generate get-pool
database: add-db del-db get-db assign-to-subscription set-default-user get-default-user set-custom-host
  add-db-user del-db-user get-db-users set-db-user
`,
  ],
  [
    '1.6.9.1',
    `
server: get_protos get set srv_man lic_install lic_update initial_setup get_additional_key
  remove_additional_key renew_additional_key set_misc get_misc create_session del_misc set-ppb-connection
  reboot license-rollback-key license-retrieve-keys lic_get_info clean-mail-queue add-admin-alias
  set-admin-alias del-admin-alias domain-restriction-add domain-restriction-remove domain-restriction-list
  domain-restriction-rename domain-restriction-enable domain-restriction-disable
`,
  ],
];

/**
 * The operations of an operator in a packet version, given the versions up to it; `undefined` where the
 * schemas at hand do not say, as for the old names and for php-handler and extension.
 */
export function operationsOf(operator: string, upTo: readonly string[]): readonly string[] | undefined {
  let found = BASE.get(operator);
  for (const { since, operations } of LATER)
    if (upTo.includes(since)) found = operations.get(operator) ?? found;
  return found;
}

/** The packet version that an operation came with, where the schema of 1.6.6.0 does not have it yet. */
export function newerThanSchema(operator: string, name: string): string | undefined {
  const base = BASE.get(operator);
  if (base === undefined || base.includes(name)) return undefined;
  return LATER.find(({ operations }) => operations.get(operator)?.includes(name) === true)?.since;
}

/** Of operators whose schemas are not at hand, those operations that are known all the same. */
const OLD_OPERATIONS = `
client: add get set del ippool_add_ip
`;

export const CATALOGUE_OLD: Rule = {
  id: 'catalogue/old-operations',
  source: observed(
    'the templates of WHMCS for 1.0.0.0',
    'client has these five, shaped as customer has them, assumed; 1017 for others, assumed',
  ),
};

/** The operations that are known of an operator without a schema; `undefined` where none is. */
export const oldOperationsOf = (operator: string): readonly string[] | undefined => OLD.get(operator);

/** Every operation that Plesk has or had, as operator/operation. */
export const allOperations = (): readonly string[] => [
  ...new Set(
    [BASE, ...LATER.map(({ operations }) => operations), OLD].flatMap((table) =>
      [...table].flatMap(([operator, names]) => names.map((name) => `${operator}/${name}`)),
    ),
  ),
];

/** What servers of a protocol and later no longer do for packets of a version. */
const DROPPED = [{ operation: 'site/get', packets: '1.6.3.0', servers: '1.6.9.1' }] as const;

export const CATALOGUE_DROPPED: Rule = {
  id: 'catalogue/dropped',
  source: observed('roundcubemail issue 6526', '17.8 answers site/get of a 1.6.3.0 packet with 1017'),
};

/** The operations, as operator/operation, that a server speaking these versions does not do for packets of one. */
export const droppedFor = (version: string, spoken: readonly string[]): ReadonlySet<string> =>
  new Set(
    DROPPED.filter(({ packets, servers }) => packets === version && spoken.includes(servers)).map(
      ({ operation }) => operation,
    ),
  );

function table(rows: string): ReadonlyMap<string, readonly string[]> {
  const lines = rows.trim().replaceAll('\n  ', ' ').split('\n');
  return new Map(
    lines.map((line) => {
      const [operator = '', operations = ''] = line.split(': ');
      return [operator, operations.split(' ')];
    }),
  );
}

const BASE = table(OPERATIONS);
const OLD = table(OLD_OPERATIONS);
const LATER = CHANGES.map(([since, rows]) => ({ since, operations: table(rows) }));
