import { isIP } from 'node:net';
import { normalAddress } from '../../../base/addresses.ts';
import { isNetmask } from '../../../base/networks.ts';
import { Fault, FAULTS } from '../../protocol/faults.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented } from '../../protocol/source.ts';
import type { Account } from '../../state/account.ts';
import { changeAccount } from '../../state/account-changes.ts';
import type { Panel } from '../../state/panel.ts';
import type { AddressType } from '../../state/reseller-terms.ts';
import type { ServerAddress } from '../../state/server-settings.ts';
import type { Call } from '../define.ts';
import type { Asked } from '../filter.ts';
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

/**
 * The addresses of a filter, in its order. Each is looked up when it is reached: one that the result before has removed
 * is gone.
 */
export function* findAddresses(
  { filter }: Pick<InputOf<'ip', 'del'>, 'filter'>,
  { panel }: Call,
): Generator<Asked<ServerAddress>> {
  for (const { value: sent } of filter) {
    const normal = normalAddress(sent);
    const found = panel.server.now.addresses.find(({ address }) => address === normal);
    yield { filterId: sent, row: found ?? FAULTS.unknownAddress() };
  }
}

type Change = Partial<Pick<ServerAddress, 'type' | 'publicAddress'>>;

/** What `set` changes of an address, or 1019. */
export function readAddressChange({
  type,
  public_ip_address: sent,
}: {
  readonly type?: string;
  readonly public_ip_address?: string;
}): Change | Fault {
  if (type !== undefined) return { type: readType(type) };
  if (sent === undefined) return {};
  const publicAddress = readPublicAddress(sent);
  return publicAddress instanceof Fault ? publicAddress : { publicAddress };
}

/** Why an address cannot become exclusive, if it is to. */
export function exclusiveFault(change: Change, found: ServerAddress, panel: Panel): Fault | undefined {
  if (change.type !== 'exclusive' || found.type === 'exclusive') return undefined;
  const having = resellersWith(found, panel).map(({ login }) => login);
  return having.length < 2
    ? undefined
    : FAULTS.addressInUse(
        `IP address ${found.address} is used by several owners and cannot become exclusive.`,
        `it is in the pools of ${having.join(', ')}`,
      );
}

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
const resellersWith = ({ address: wanted }: ServerAddress, { accounts }: Panel): readonly Account[] =>
  accounts
    .by('role', 'reseller')
    .filter(({ terms }) => terms?.pool.some((one) => one.address === wanted) === true);

/** Removes an address from the server and from the pools of resellers. */
export function removeAddress(gone: ServerAddress, panel: Panel): void {
  const { server } = panel;
  for (const reseller of resellersWith(gone, panel)) {
    const { terms } = reseller;
    if (terms === undefined) continue;
    const pool = terms.pool.filter(({ address }) => address !== gone.address);
    changeAccount(reseller, { terms: { ...terms, pool } }, panel);
  }
  server.change({ addresses: server.now.addresses.filter(({ address }) => address !== gone.address) });
}
