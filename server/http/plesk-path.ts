import type { Rule } from '../protocol/source.ts';
import { assumed } from '../protocol/source.ts';

export const PATH_RULES: readonly Rule[] = [
  {
    id: 'path/slashes',
    source: assumed('nginx has merge_slashes on by default', 'several slashes in a path are one'),
  },
  {
    id: 'path/path-info',
    source: assumed(
      'one client posts to agent.php/, tested on 18.0.76',
      'what follows the name of a script in a path is not looked at',
    ),
  },
];

/** The path that nginx and PHP look up: slashes merged, and without what follows the name of a script. */
export const pleskPath = (path: string): string =>
  path.replace(/\/{2,}/g, '/').replace(/^((?:\/[^/]*?)*?\.php3?)\/.*$/, '$1');
