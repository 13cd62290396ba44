import { packetSchema } from '../../operations/packet-schema.ts';
import { planPacket } from '../../operations/packet.ts';
import { Violation } from '../../protocol/decode.ts';
import { Fault } from '../../protocol/faults.ts';
import type { Protocol } from '../../protocol/versions/protocols.ts';
import { resolveVersion, spokenBy } from '../../protocol/versions/protocols.ts';
import type { Release } from '../../protocol/versions/release.ts';
import { NEWEST_RELEASE, releaseOf, RELEASES } from '../../protocol/versions/releases.ts';
import type { XmlElement } from '../../protocol/xml.ts';
import type { ReadAgain } from './read-again.ts';
import { placesIn, shapeAt } from './schema-places.ts';

/** The releases, or else the packet versions, in which a packet that is not valid would be. */
export function whereValid(
  { packet, asked }: Pick<ReadAgain, 'packet' | 'asked'>,
  release: Release,
): readonly string[] {
  const rows = RELEASES.map((row): Row => {
    const spoken = spokenBy(row);
    const protocol = resolveVersion(asked, spoken);
    const isValid = protocol !== undefined && holds(packet, protocol, spoken);
    return { name: row.plesk, version: protocol?.version ?? '', isValid };
  });
  if (rows.some(({ isValid }) => isValid)) return [`as it is, the packet is valid ${range(rows)}`];
  const spoken = spokenBy(release);
  const last = spoken.findLast((protocol) => holds(packet, protocol, spoken));
  return last === undefined ? [] : [`with version="${last.version}" the packet is valid here`];
}

/** The packet versions in which an element may hold one of this name, on the newest release; none where all may. */
export function whenKnown(name: string, path: readonly string[]): readonly string[] {
  const spoken = spokenBy(releaseOf(NEWEST_RELEASE));
  const versions = spoken.filter((protocol) =>
    placesIn(shapeAt(packetSchema(protocol, spoken).shape, path)).some((place) => place.name === name),
  );
  const [first, last] = [versions[0]?.version, versions.at(-1)?.version];
  if (first === undefined || last === undefined) return [];
  const which =
    last === spoken.at(-1)?.version ? `${first} on` : first === last ? first : `${first} to ${last}`;
  return [`Plesk knows <${name}> there in packets of version ${which}`];
}

interface Row {
  readonly name: string;
  readonly version: string;
  readonly isValid: boolean;
}

function holds(packet: XmlElement, protocol: Protocol, spoken: readonly Protocol[]): boolean {
  const plan = planPacket(packet, protocol, spoken);
  if (plan instanceof Violation) return false;
  return !plan.some(({ operations }) =>
    operations.some(({ todo }) => todo instanceof Fault && todo.rule.id === 'fault/unsupported'),
  );
}

/** `from 12.5 on (packet version 1.6.7.0)`, or the like. */
function range(rows: readonly Row[]): string {
  const valid = rows.filter(({ isValid }) => isValid);
  const [first, last] = [valid[0], valid.at(-1)];
  if (first === undefined || last === undefined) return 'nowhere';
  const isWhole = rows.slice(rows.indexOf(first), rows.indexOf(last) + 1).length === valid.length;
  if (isWhole && last === rows.at(-1)) return `from ${first.name} on (packet version ${first.version})`;
  if (isWhole && first === rows[0]) return `up to ${last.name} (packet version ${last.version})`;
  return `on ${valid.map(({ name, version }) => `${name} (packet version ${version})`).join(', ')}`;
}
