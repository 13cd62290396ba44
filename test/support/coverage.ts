import type { Operation } from '../../server/operations/define.ts';
import { packetSchema } from '../../server/operations/packet-schema.ts';
import { findOperation } from '../../server/operations/registry.ts';
import { spokenBy } from '../../server/protocol/versions/protocols.ts';
import { NEWEST_RELEASE, releaseOf, RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';
import type { ReleaseName } from '../../server/protocol/versions/releases.ts';
import { allSamples } from './samples.ts';
import type { Sample } from './samples.ts';
import { isInSchema } from './shaped-operations.ts';

/** One operation that Plesk has or had. */
export interface Covered {
  readonly operator: string;
  readonly name: string;
  /** Every packet version that has it, in the order of get_protos. */
  readonly versions: readonly string[];
  /** `undefined` where it is not emulated. */
  readonly known: Operation | undefined;
  /** Whether Plesk's schema of 1.6.6.0 can be asked for it. */
  readonly isHeld: boolean;
  /** How many samples there are, by what they are. */
  readonly samples: Readonly<Record<Sample['source']['kind'], number>>;
  /** By release: whether its newest packets have it, only older ones, or none. */
  readonly releases: Readonly<Record<ReleaseName, 'newest' | 'older' | 'none'>>;
}

/** The operations of every packet version, and the operators whose operations are not known. */
export function coverage(): { readonly operations: readonly Covered[]; readonly unknown: readonly string[] } {
  const samples = allSamples();
  const versions = new Map<string, string[]>();
  const unknown = new Set<string>();
  const all = spokenBy(releaseOf(NEWEST_RELEASE));
  for (const protocol of all) {
    for (const [operator, names] of packetSchema(protocol, all).operations) {
      if (names === 'any') unknown.add(operator);
      else for (const name of names) add(versions, `${operator}/${name}`, protocol.version);
    }
  }
  const operations = [...versions].map(([path, its]): Covered => {
    const [operator = '', name = ''] = path.split('/');
    const own = samples.filter((sample) => sample.name.startsWith(`${path}/`));
    const count = (kind: Sample['source']['kind']): number =>
      own.filter(({ source }) => source.kind === kind).length;
    return {
      operator,
      name,
      versions: its,
      known: findOperation(operator, name),
      isHeld: isInSchema({ operator, name }),
      samples: { documented: count('documented'), observed: count('observed'), assumed: count('assumed') },
      releases: Object.fromEntries(
        RELEASE_NAMES.map((plesk) => [plesk, among(its, plesk)]),
      ) as Covered['releases'],
    };
  });
  return { operations, unknown: [...unknown] };
}

function among(versions: readonly string[], plesk: ReleaseName): Covered['releases'][ReleaseName] {
  const spoken = spokenBy(releaseOf(plesk)).map(({ version }) => version);
  if (versions.includes(spoken.at(-1) ?? '')) return 'newest';
  return versions.some((version) => spoken.includes(version)) ? 'older' : 'none';
}

function add(lists: Map<string, string[]>, key: string, value: string): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}
