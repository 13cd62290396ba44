/** Asks Redis for something that is no script; rejects as ioredis does. */
export type Ask = (command: string, ...args: readonly string[]) => Promise<unknown>;

/** What Redis says of itself, by the names of INFO and CONFIG; what may not be asked is absent. */
export type ServerFacts = ReadonlyMap<string, string>;

/** Settings of Redis that INFO does not have. */
const CONFIGURED = ['save', 'appendfsync', 'min-replicas-to-write'] as const;

/** Reads what matters for links, as far as the user of Redis may. */
export async function readServerFacts(ask: Ask): Promise<ServerFacts> {
  const info = await ask('info').catch(() => '');
  const facts = new Map(
    [...String(info).matchAll(/^(\w+):(.*?)\r?$/gm)].map(
      ([, name = '', value = '']) => [name, value] as const,
    ),
  );
  for (const name of CONFIGURED) {
    const answer = await ask('config', 'get', name).catch(() => undefined);
    const value: unknown = Array.isArray(answer) ? answer[1] : undefined;
    if (typeof value === 'string') facts.set(name, value);
  }
  return facts;
}

/** What is wrong with the settings of a Redis, each with its name and what to set instead. */
export function warningsOf(facts: ServerFacts): readonly string[] {
  const warnings: string[] = [];
  const of = (name: string): string => facts.get(name) ?? '';
  if (of('role') === 'slave')
    warnings.push(
      'role is slave: links cannot be written to a replica; set store to the address of the master',
    );
  if (facts.has('maxmemory_policy') && of('maxmemory_policy') !== 'noeviction')
    warnings.push(
      `maxmemory-policy is ${of('maxmemory_policy')}: Redis may drop links, limits and the sets by which a user's links are revoked; set it to noeviction`,
    );
  if (of('aof_enabled') === '1' && facts.has('appendfsync') && of('appendfsync') !== 'always')
    warnings.push(
      `appendonly is yes and appendfsync is ${of('appendfsync')}: ${OLDER}; set appendfsync to always`,
    );
  if (of('aof_enabled') === '0' && of('save') !== '')
    warnings.push(`save is "${of('save')}" and appendonly is no: ${OLDER}; set save to ""`);
  if (Number(of('connected_slaves')) > 0 && of('min-replicas-to-write') === '0')
    warnings.push(
      `min-replicas-to-write is 0 with ${of('connected_slaves')} replicas: a master that is cut off goes on alone, and what it does is lost by a fail-over; set it to 1`,
    );
  return warnings;
}

const OLDER = 'after a restart Redis has an older state, without what was opened, revoked and counted since';
