import type { Rule } from '../protocol/source.ts';
import { assumed, observed } from '../protocol/source.ts';

export const PATH_RULES: readonly Rule[] = [
  {
    id: 'path/slashes',
    source: assumed('nginx has merge_slashes on by default', 'several slashes in a path are one'),
  },
  {
    id: 'path/agent-slash',
    source: observed('a public client that was tested on 18.0.76', 'a POST to agent.php/ is answered'),
  },
  {
    id: 'path/path-info',
    source: assumed(
      'PHP takes it as PATH_INFO',
      'anything else after the name of a script is ignored as well',
    ),
  },
];

/** The path that nginx and PHP look up: slashes merged, and without what follows the name of a script. */
export const pleskPath = (path: string): string =>
  path.replace(/\/{2,}/g, '/').replace(/^((?:\/[^/]*?)*?\.php3?)\/.*$/, '$1');
