import type { AnswerElement } from '../../protocol/answer-xml.ts';
import { element } from '../../protocol/answer-xml.ts';
import { SERVER_PREFS } from '../../protocol/server-types.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented, observed } from '../../protocol/source.ts';
import type { Panel } from '../../state/panel.ts';
import { adminContact } from './administrator.ts';
import type { Call } from '../define.ts';

export const DATASET_RULES: readonly Rule[] = [
  {
    id: 'server-get/shapes',
    source: documented(
      'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source); plesk/api-examples 39a2579',
      'the elements of each dataset, in this order',
    ),
  },
  {
    id: 'server-get/figures',
    source: assumed(
      'they are those of a machine that is not there',
      'constant; the seed sets others as server',
    ),
  },
  {
    id: 'server-get/known',
    source: assumed(
      'what the emulator knows it tells',
      'version, session_setup, admin, mode and prefs as they are',
    ),
  },
  {
    id: 'server-get/clients',
    source: observed(
      'molisoft/plesk_lib spec/vcr on 11.5.30',
      'objects/clients counts the customers of all owners, and no resellers',
    ),
  },
  {
    id: 'server-get/names',
    source: observed(
      'plesk/api-php-lib ServerTest',
      'psa, plesk_key_id, lim_date, /bin/bash and php are among the names',
    ),
  },
  {
    id: 'server-get/later-datasets',
    source: assumed(
      'plesk/api-schemas 1.6.9.0 names them, nobody has recorded them',
      'admin-domain-list and certificates are empty lists unless set',
    ),
  },
];

type Dataset = (call: Call) => readonly AnswerElement[];

/** What each dataset holds, but for the key, which has a filter. */
export const DATASETS = {
  gen_info: ({ panel }) => childrenOf(generalInfo(panel)),
  components: ({ panel }) =>
    childrenOf({ component: panel.figures.components.component ?? components(panel) }),
  stat: ({ panel }) => childrenOf(statistics(panel)),
  admin: adminContact,
  interfaces: ({ panel }) => childrenOf(panel.figures.interfaces),
  services_state: ({ panel }) => childrenOf(panel.figures.services_state),
  prefs: ({ panel }) =>
    childrenOf(
      Object.fromEntries(Object.keys(SERVER_PREFS).map((name) => [name, panel.server.now.prefs[name]])),
    ),
  shells: ({ panel }) => childrenOf(panel.figures.shells),
  session_setup: ({ panel }) => childrenOf({ login_timeout: String(panel.server.now.loginTimeout) }),
  'site-isolation-config': ({ panel }) => childrenOf(panel.figures['site-isolation-config']),
  updates: ({ panel }) => childrenOf(updates(panel)),
  'admin-domain-list': ({ panel }) => childrenOf(panel.figures['admin-domain-list']),
  certificates: ({ panel }) => childrenOf(panel.figures.certificates),
} as const satisfies Readonly<Record<string, Dataset>>;

function generalInfo({ figures, server }: Panel): Tree {
  const { server_name, server_guid, 'vps-optimized-status': status } = figures.gen_info;
  const { externalId, mode } = server.now;
  return { server_name, server_guid, 'external-id': externalId, 'vps-optimized-status': status, mode };
}

function statistics({ figures, accounts, release: { pleskVersion } }: Panel): Tree {
  const { objects, version, ...others } = figures.stat;
  const { plesk_name, plesk_os, plesk_os_version, os_release, veid } = version;
  const { plesk_version = pleskVersion, plesk_build = buildOf(pleskVersion) } = version;
  return {
    objects: { ...objects, clients: objects.clients ?? String(accounts.count('role', 'customer')) },
    version: { plesk_name, plesk_version, plesk_os, plesk_os_version, plesk_build, os_release, veid },
    ...others,
  };
}

function updates({ figures, release }: Panel): Tree {
  const last = 'install_system_package_updates_automatically';
  return {
    ...figures.updates,
    [last]: release.serverExtras.includes(last) ? figures.updates[last] : undefined,
  };
}

const components = ({ release }: Panel): Tree[] => [
  { name: 'psa', version: release.pleskVersion },
  { name: 'psa-php', version: '7.3.27' },
  { name: 'httpd', version: '2.4.6' },
  { name: 'mariadb', version: '5.5.68' },
  { name: 'bind', version: '9.11.4' },
  { name: 'postfix', version: '3.4.8' },
];

/** 18.0.33 gives 1800330000.00: as long as Plesk's own. */
const buildOf = (pleskVersion: string): string =>
  `${pleskVersion
    .split('.')
    .map((number) => number.padStart(2, '0'))
    .join('')}0000.00`;

/** Elements by their names, in their order; a list is one element several times. */
interface Tree {
  readonly [name: string]: string | undefined | Tree | readonly (string | Tree)[];
}

/** What a record says, as elements. */
export function childrenOf(tree: Tree): readonly AnswerElement[] {
  return Object.entries(tree).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const values = isList(value) ? value : [value];
    return values.map((one) => element(name, typeof one === 'string' ? one : childrenOf(one)));
  });
}

const isList = (value: string | Tree | readonly (string | Tree)[]): value is readonly (string | Tree)[] =>
  Array.isArray(value);
