import { isIP } from 'node:net';
import { normalAddress } from '../../../base/addresses.ts';
import { isNetmask } from '../../../base/networks.ts';
import type { AnswerElement } from '../../protocol/answer-xml.ts';
import { element } from '../../protocol/answer-xml.ts';
import type { Fault } from '../../protocol/faults.ts';
import { FAULTS } from '../../protocol/faults.ts';
import type { Result } from '../../protocol/result.ts';
import { ok } from '../../protocol/result.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented } from '../../protocol/source.ts';
import type { Account } from '../../state/account.ts';
import type { Panel } from '../../state/panel.ts';
import type { AddressType } from '../../state/reseller-terms.ts';
import type { ServerAddress } from '../../state/server-settings.ts';
import type { InputOf } from '../request-models/index.ts';

export const IP_RULES: readonly Rule[] = [
  {
    id: 'ip/normal-form',
    source: assumed(
      'nobody has recorded it',
      'kept and listed in normal form; set and del answer what was sent',
    ),
  },
  {
    id: 'ip/values',
    source: assumed(
      'the code table',
      '1019 for what is no address or netmask, 1032 for an unknown interface',
    ),
  },
  {
    id: 'ip/without-effect',
    source: assumed(
      'there is one server, and nothing is hosted on it',
      'service-node and certificate_name are taken and have no effect',
    ),
  },
  {
    id: 'ip/public-address',
    source: assumed(
      'nobody has recorded it',
      'public_ip_address stands last, only where set; an empty one clears',
    ),
  },
  {
    id: 'ip/exclusive',
    source: documented(
      'docs.plesk.com article 35429',
      'shared becomes exclusive only while fewer than two resellers have it; 1027 assumed',
    ),
  },
  {
    id: 'ip/removal',
    source: documented(
      'docs.plesk.com article 35439; plesk/db-schemas',
      '1027 for the default address; else it leaves the pools of resellers too',
    ),
  },
];

/** The address that a text is, or 1019. */
export const readAddress = (sent: string): string | Fault =>
  normalAddress(sent) ?? FAULTS.invalidValue(`'${sent}' is not an IP address`);

/** The address that a text is, an empty text for an empty one, or 1019. */
export const readPublicAddress = (sent: string): string | Fault => (sent === '' ? '' : readAddress(sent));

/** A type that the schema has let pass. */
export const readType = (sent: string): AddressType => (sent === 'exclusive' ? sent : 'shared');

/** The netmask that a text is for an address, or 1019. */
export function readNetmask(sent: string, forAddress: string): string | Fault {
  const netmask = normalAddress(sent);
  return netmask === undefined || isIP(netmask) !== isIP(forAddress) || !isNetmask(netmask)
    ? FAULTS.invalidValue(`'${sent}' is not a netmask for ${forAddress}`)
    : netmask;
}

/** A result for each address of a filter, with the address as it was sent; `act` answers a fault where it refuses. */
export const resultsForAddresses = (
  filter: InputOf<'ip', 'del'>['filter'],
  panel: Panel,
  act: (found: ServerAddress) => Fault | undefined,
): readonly Result[] =>
  filter.map(({ value: text }) => {
    const about: AnswerElement = element('ip_address', text);
    const normal = normalAddress(text);
    // Looked up when it is reached: one that was removed just before is gone.
    const found = panel.server.now.addresses.find((one) => one.address === normal);
    const fault = found === undefined ? FAULTS.unknownAddress() : act(found);
    return fault?.of(about) ?? ok([about]);
  });

/** Changes one address of the server. */
export function changeAddress(
  { address: changed }: ServerAddress,
  change: Partial<Omit<ServerAddress, 'address'>>,
  { server }: Panel,
): void {
  server.change({
    addresses: server.now.addresses.map((one) => (one.address === changed ? { ...one, ...change } : one)),
  });
}

/** The resellers who have an address in their pool. */
export const resellersWith = ({ address: wanted }: ServerAddress, { accounts }: Panel): readonly Account[] =>
  accounts
    .by('role', 'reseller')
    .filter(({ terms }) => terms?.pool.some((one) => one.address === wanted) === true);
