import { askedVersion } from '../../checkups/version.ts';
import type { PacketSchema } from '../../operations/packet-schema.ts';
import { packetSchema } from '../../operations/packet-schema.ts';
import { planPacket } from '../../operations/packet.ts';
import { Violation } from '../../protocol/decode.ts';
import { readText } from '../../protocol/text-decoding.ts';
import { resolveVersion, spokenBy } from '../../protocol/versions/protocols.ts';
import type { XmlElement } from '../../protocol/xml.ts';
import { readXml } from '../../protocol/xml.ts';
import type { PacketArrival } from '../journal.ts';

/** A packet that was refused, read once more for whoever asks why. */
export interface ReadAgain {
  readonly packet: XmlElement;
  readonly asked: string | undefined;
  readonly schema: PacketSchema;
  readonly violation: Violation | undefined;
}

/** Reads a packet as its release did; `undefined` where it cannot be read, or was not kept whole. */
export function readAgain({ body, isCut, release }: PacketArrival): ReadAgain | undefined {
  const source = isCut ? undefined : readText(body);
  const packet = typeof source === 'string' ? readXml(source) : undefined;
  if (packet === undefined || !('children' in packet)) return undefined;
  const asked = askedVersion(packet);
  const spoken = spokenBy(release);
  const protocol = resolveVersion(asked, spoken);
  if (protocol === undefined) return undefined;
  const plan = planPacket(packet, protocol, spoken);
  const violation = plan instanceof Violation ? plan : undefined;
  return { packet, asked, schema: packetSchema(protocol, spoken), violation };
}

/** The way from an element down to another, both included; empty where there is none. */
export function wayTo(from: XmlElement, element: XmlElement): readonly XmlElement[] {
  if (from === element) return [from];
  for (const child of from.children) {
    const way = wayTo(child, element);
    if (way.length > 0) return [from, ...way];
  }
  return [];
}
