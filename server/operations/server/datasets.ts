import type { AnswerElement } from '../../protocol/answer-xml.ts';
import { element } from '../../protocol/answer-xml.ts';
import { PREFS_IN_ANSWERS } from '../../protocol/server-types.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, observed } from '../../protocol/source.ts';
import type { Figures } from '../../state/figures.ts';
import { figuresOf } from '../../state/figures.ts';
import type { Panel } from '../../state/panel.ts';
import { adminContact } from './administrator.ts';
import type { Call } from '../define.ts';

export const DATASET_RULES: readonly Rule[] = [
  {
    id: 'server-get/shapes',
    source: observed(
      'plesk/api-examples e867ce5 and 39a2579',
      'the elements of each dataset, in this order, on 12.0 and 17.0',
    ),
  },
  {
    id: 'server-get/defaults',
    source: observed(
      'plesk/api-examples e867ce5 and 39a2579',
      'preferences, services, shells, site isolation and license key of a fresh 12.0 and 17.0',
    ),
  },
  {
    id: 'server-get/defaults-of-others',
    source: assumed('nobody has recorded them', 'before 17.0 they are those of 12.0, after it those of 17.0'),
  },
  {
    id: 'server-get/figures',
    source: assumed(
      'there is no machine behind the emulator',
      'figures of the machine and its software are constant; the seed sets others as server',
    ),
  },
  {
    id: 'server-get/known',
    source: assumed(
      'the emulator tells what it knows',
      'version, session_setup, admin, mode and the preferences that were set are current',
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
      'plesk/api-php-lib ServerTest and KeyLimitChecker',
      'psa, php, plesk_key_id, lim_date, lim_cl, can-manage-customers and -resellers, /bin/bash are among the names',
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

type Dataset = (call: Call, figures: Figures) => Tree;

/** What each dataset has, except the key, which has a filter. */
const DATASETS = {
  gen_info: ({ panel }, { gen_info }) => generalInfo(panel, gen_info),
  components: (_call, { components }) => components,
  stat: ({ panel }, { stat }) => statistics(panel, stat),
  admin: adminContact,
  interfaces: (_call, { interfaces }) => interfaces,
  services_state: (_call, { services_state }) => services_state,
  prefs: ({ panel }, { prefs }) =>
    Object.fromEntries(PREFS_IN_ANSWERS.map((name) => [name, panel.server.now.prefs[name] ?? prefs[name]])),
  shells: (_call, { shells }) => shells,
  session_setup: ({ panel }) => ({ login_timeout: String(panel.server.now.loginTimeout) }),
  'site-isolation-config': (_call, figures) => figures['site-isolation-config'],
  updates: ({ panel }, figures) => updates(panel, figures),
  'admin-domain-list': (_call, figures) => figures['admin-domain-list'],
  certificates: (_call, { certificates }) => certificates,
} as const satisfies Readonly<Record<string, Dataset>>;

export type DatasetName = keyof typeof DATASETS;

/** The children of a dataset. */
export function datasetOf(name: DatasetName, call: Call): readonly AnswerElement[] {
  const dataset: Dataset = DATASETS[name];
  const { release, figures } = call.panel;
  return childrenOf(dataset(call, figuresOf(release, figures)));
}

const generalInfo = ({ server }: Panel, info: Figures['gen_info']): Tree => ({
  ...info,
  'external-id': server.now.externalId,
  mode: server.now.mode,
});

const statistics = ({ accounts }: Panel, stat: Figures['stat']): Tree => ({
  ...stat,
  objects: { ...stat.objects, clients: stat.objects.clients ?? String(accounts.count('role', 'customer')) },
});

function updates({ release }: Panel, { updates: known }: Figures): Tree {
  const last = 'install_system_package_updates_automatically';
  return { ...known, [last]: release.serverExtras.includes(last) ? known[last] : undefined };
}

/** Elements by their names, in their order; a list is one element several times. */
interface Tree {
  readonly [name: string]: string | undefined | Tree | readonly (string | Tree)[];
}

/** A record as elements. */
export function childrenOf(tree: Tree): readonly AnswerElement[] {
  return Object.entries(tree).flatMap(([name, value]) => {
    if (value === undefined) return [];
    const values = isList(value) ? value : [value];
    return values.map((one) => element(name, typeof one === 'string' ? one : childrenOf(one)));
  });
}

const isList = (value: string | Tree | readonly (string | Tree)[]): value is readonly (string | Tree)[] =>
  Array.isArray(value);
