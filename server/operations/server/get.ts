import type { Shape } from '../../protocol/shape.ts';
import { anything, empty, optional, seq } from '../../protocol/shape.ts';
import { documented } from '../../protocol/source.ts';
import { defineShape } from '../define.ts';

const DATASETS =
  'gen_info components stat admin interfaces services_state prefs shells session_setup site-isolation-config updates'.split(
    ' ',
  );

const datasets = (names: readonly string[]): Shape =>
  seq({
    key: optional(anything),
    ...Object.fromEntries(names.map((name) => [name, optional(empty)])),
  });

export const getServer = defineShape({
  operator: 'server',
  name: 'get',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source); plesk/api-schemas 1.6.9.0 and 1.6.9.1',
    'each dataset once at most, in strict order; two more in 1.6.9.x',
  ),
  request: datasets(DATASETS),
  later: [{ since: '1.6.9.0', request: datasets([...DATASETS, 'admin-domain-list', 'certificates']) }],
  callers: 'administrator',
});
