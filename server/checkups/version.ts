import { FAULTS } from '../protocol/faults.ts';
import { collapse } from '../protocol/simple-types.ts';
import { documented } from '../protocol/source.ts';
import type { Protocol } from '../protocol/versions/protocols.ts';
import { resolveVersion } from '../protocol/versions/protocols.ts';
import type { XmlElement } from '../protocol/xml.ts';
import { Unreadable } from '../protocol/xml.ts';
import type { Checkup } from './checkup.ts';

/** A document that cannot be read has no version to be wrong: it goes on, to be refused for what it is. */
export const version: Checkup = {
  id: 'checkup/version',
  source: documented('docs.plesk.com article 28729', 'the protocol version is checked before authentication'),
  check: ({ packet }, { spoken, release }) => {
    const asked = packet instanceof Unreadable ? undefined : askedVersion(packet);
    const protocol: Protocol | undefined = resolveVersion(asked, spoken);
    return protocol === undefined ? FAULTS.versionNotSupported(asked ?? '', release.protocol) : { protocol };
  },
};

/** The packet's version attribute, its blanks collapsed as its type wants. */
export function askedVersion({ attributes }: XmlElement): string | undefined {
  const text = attributes?.get('version');
  return text === undefined ? undefined : collapse(text);
}
