import { nearestName } from '../../base/nearest.ts';
import type { Release } from '../protocol/versions/release.ts';

/** The paths that clients of a release know. */
export const pathsOf = ({ login }: Release): readonly string[] => [
  '/enterprise/rsession_init.php',
  '/enterprise/control/agent.php',
  '/login.php',
  login.form,
  '/logout.php',
  '/admin/',
  '/smb/',
];

/** The path that was meant by one that is unknown. */
export function nearestPath(path: string, release: Release): string | undefined {
  const paths = pathsOf(release);
  const asked = path.toLowerCase();
  const same = paths.find((one) => asked === one || `${asked}.php` === one || `${asked}/` === one);
  // A longer one is like none of them.
  return same ?? (path.length > 200 ? undefined : nearestName(path, paths));
}

/** Why there is no page at a path, and which one is near. */
export function whyNoPage(path: string, release: Release): string {
  if (/^\/api\/v2(?:\/|$)/.test(path))
    return `Plesk ${release.plesk} has no REST API; 17.8 and 18.0 have one`;
  const near = nearestPath(path, release);
  return near === undefined
    ? `there is no such page; the paths here are ${pathsOf(release).join(', ')}`
    : `there is no such page; do you mean ${near}?`;
}
