import { hostname } from 'node:os';
import { isHostName } from '../../base/addresses.ts';
import type { Settings } from '../config.ts';

/** All that clients on this machine and beside it may call the server. */
export function ownNames({ host, hostnames }: Pick<Settings, 'host' | 'hostnames'>): readonly string[] {
  const own = host === '0.0.0.0' || host === '::' ? [] : [host];
  // Some machines have a name that no certificate can hold, such as `(none)`.
  const machine = [hostname()].filter(isHostName);
  return [...new Set(['localhost', '127.0.0.1', '::1', ...machine, ...own, ...hostnames])];
}
