import { lookup } from 'node:dns/promises';

/** The addresses of a host name, of both families, as this machine finds them; rejects where there are none. */
export async function lookupAll(host: string): Promise<readonly string[]> {
  const found = await lookup(host, { all: true });
  return found.map(({ address }) => address);
}
