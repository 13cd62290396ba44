import type { Input, NoModels } from '../../protocol/model-input.ts';
import type { NamedModels } from '../../protocol/model.ts';
import { server } from './server.ts';
import { client } from './client.ts';
import { customer } from './customer.ts';
import { webspace } from './webspace.ts';
import { subdomain } from './subdomain.ts';
import { dns } from './dns.ts';
import { dbServer } from './db_server.ts';
import { mail } from './mail.ts';
import { migration } from './migration.ts';
import { certificate } from './certificate.ts';
import { siteAlias } from './site-alias.ts';
import { ip } from './ip.ts';
import { eventLog } from './event_log.ts';
import { spamfilter } from './spamfilter.ts';
import { secretKey } from './secret_key.ts';
import { ui } from './ui.ts';
import { servicePlan } from './service-plan.ts';
import { webuser } from './webuser.ts';
import { maillist } from './maillist.ts';
import { virtdir } from './virtdir.ts';
import { database } from './database.ts';
import { ftpUser } from './ftp-user.ts';
import { session } from './session.ts';
import { updater } from './updater.ts';
import { locale } from './locale.ts';
import { logRotation } from './log-rotation.ts';
import { backupManager } from './backup-manager.ts';
import { sso } from './sso.ts';
import { protectedDir } from './protected-dir.ts';
import { reseller } from './reseller.ts';
import { resellerPlan } from './reseller-plan.ts';
import { aps } from './aps.ts';
import { smb } from './smb.ts';
import { servicePlanAddon } from './service-plan-addon.ts';
import { site } from './site.ts';
import { user } from './user.ts';
import { role } from './role.ts';
import { businessLogicUpgrade } from './business-logic-upgrade.ts';
import { webmail } from './webmail.ts';
import { planItem } from './plan-item.ts';
import { sitebuilder } from './sitebuilder.ts';
import { serviceNode } from './service-node.ts';
import { ipBan } from './ip-ban.ts';
import { wpInstance } from './wp-instance.ts';
import { domain, domainAlias, extension, phpHandler } from './unknown.ts';
import type { OperatorRequests, VersionedRequest } from './operator.ts';

/** Every operator that Plesk has or had, in the order of its schemas. */
export const OPERATOR_REQUESTS = [
  server,
  client,
  customer,
  domain,
  webspace,
  subdomain,
  dns,
  dbServer,
  mail,
  migration,
  certificate,
  domainAlias,
  siteAlias,
  ip,
  eventLog,
  spamfilter,
  secretKey,
  ui,
  servicePlan,
  webuser,
  maillist,
  virtdir,
  database,
  ftpUser,
  session,
  updater,
  locale,
  logRotation,
  backupManager,
  sso,
  protectedDir,
  reseller,
  resellerPlan,
  aps,
  smb,
  servicePlanAddon,
  site,
  user,
  role,
  businessLogicUpgrade,
  webmail,
  planItem,
  sitebuilder,
  serviceNode,
  ipBan,
  wpInstance,
  phpHandler,
  extension,
] as const satisfies readonly OperatorRequests[];

type Known = (typeof OPERATOR_REQUESTS)[number];

/** The name of an operator with requests of its own. */
export type OperatorName = Known['name'];

type RequestsOf<O extends OperatorName> = Extract<Known, { readonly name: O }>;

/** The name of an operation of an operator. */
export type OperationNameOf<O extends OperatorName> = keyof RequestsOf<O>['operations'] & string;

/** What `run` of an operation gets, inferred from the text of its request. */
export type InputOf<O extends OperatorName, N extends string> =
  RequestsOf<O> extends { readonly operations: infer Operations; readonly models?: infer Models }
    ? N extends keyof Operations
      ? Input<SourceOf<Operations[N]>, Models extends NamedModels ? Models : NoModels>
      : never
    : never;

type SourceOf<R> = R extends string ? R : R extends VersionedRequest ? R['request'] : never;

/** What an element gives that holds a named model of an operator. */
export type ModelOf<O extends OperatorName, N extends string> =
  RequestsOf<O> extends { readonly models: infer Models extends NamedModels }
    ? N extends keyof Models
      ? Input<Models[N], Models>
      : never
    : never;
