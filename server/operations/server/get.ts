import { anything, optional, seq } from '../../protocol/shape.ts';
import { documented } from '../../protocol/source.ts';
import { defineShape } from '../define.ts';

const DATASETS =
  'key gen_info components stat admin interfaces services_state prefs shells session_setup site-isolation-config updates admin-domain-list certificates';

export const getServer = defineShape({
  operator: 'server',
  name: 'get',
  source: documented(
    'the schema of 1.6.6.0; plesk/api-schemas 1.6.9.1',
    'each dataset once at most, in strict order',
  ),
  request: seq(Object.fromEntries(DATASETS.split(' ').map((name) => [name, optional(anything)]))),
  callers: 'administrator',
});
