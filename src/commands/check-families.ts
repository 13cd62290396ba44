import { isIP } from 'node:net';
import { parseUrl } from '../../base/addresses.ts';
import type { Finding } from './check-server.ts';
import type { Invocation } from './invocation.ts';

/**
 * Compares by which address families browsers reach the service and a panel: where one is reached by IPv6 and the other
 * is not, Plesk sees another address than the one that the session is bound to. The service's own are looked up once.
 */
export function compareFamilies(
  publicUrl: string | undefined,
  lookup: Invocation['lookup'],
): (panelUrl: string) => Promise<readonly Finding[]> {
  if (publicUrl === undefined) return () => Promise.resolve([NOT_COMPARED]);
  const own = familiesOf(publicUrl, lookup);
  return async (panelUrl) => {
    const [ours, theirs] = await Promise.all([own, familiesOf(panelUrl, lookup)]);
    const lost = [ours, theirs].filter(({ families }) => families.length === 0);
    if (lost.length > 0) return lost.map(({ host }) => unresolved(host));
    if (ours.families.join() === theirs.families.join()) {
      const text = `${ours.host} and ${theirs.host} are both reached by ${ours.families.join(' and ')}`;
      return [{ level: 'ok', code: 'address_families_agree', text }];
    }
    const text = `browsers reach ${ours.host} by ${ours.families.join(' and ')}, and ${theirs.host} by ${theirs.families.join(' and ')}: one that uses IPv6 here and IPv4 there is not let in, as Plesk sees another address than the one it was told. Give both names the same kinds of records (A, AAAA)`;
    return [{ level: 'warning', code: 'address_families_differ', text }];
  };
}

const NOT_COMPARED: Finding = {
  level: 'note',
  code: 'address_families_not_compared',
  text: 'address families are not compared; --public-url URL names where browsers reach the service',
};

const unresolved = (host: string): Finding => ({
  level: 'warning',
  code: 'host_unresolved',
  text: `${host} has no address that can be found from here, so its address families are not compared`,
});

interface Families {
  readonly host: string;
  /** In this order; none where the host has no address. */
  readonly families: readonly ('IPv4' | 'IPv6')[];
}

async function familiesOf(url: string, lookup: Invocation['lookup']): Promise<Families> {
  const host = parseUrl(url)?.hostname.replace(/^\[|\]$/g, '') ?? '';
  const addresses = isIP(host) === 0 ? await lookup(host).catch(() => []) : [host];
  const has = (version: 4 | 6): boolean => addresses.some((address) => isIP(address) === version);
  return { host, families: [...(has(4) ? ['IPv4' as const] : []), ...(has(6) ? ['IPv6' as const] : [])] };
}
