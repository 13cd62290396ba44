import type { AnswerElement } from '../../protocol/answer-xml.ts';
import { element } from '../../protocol/answer-xml.ts';
import { Fault, FAULTS } from '../../protocol/faults.ts';
import { ok } from '../../protocol/result.ts';
import { documented, observed } from '../../protocol/source.ts';
import { figuresOf } from '../../state/figures.ts';
import type { ServerAddress } from '../../state/server-settings.ts';
import type { Call } from '../define.ts';
import { defineOperation, everyChild } from '../define.ts';
import { identityIn, verbsOf } from '../resource.ts';
import {
  changeAddress,
  exclusiveFault,
  findAddresses,
  readAddress,
  readAddressChange,
  readNetmask,
  readPublicAddress,
  readType,
  removeAddress,
} from './addresses.ts';

const ip = verbsOf<'ip', ServerAddress>({
  operator: 'ip',
  find: findAddresses,
  idOf: ({ address }) => address,
  identity: identityIn('ip_address'),
  faultIdentity: identityIn('ip_address'),
  added: ({ address }) => [element('ip_address', address)],
});

export const addAddress = ip.add({
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source); the manual of 12.5',
    'six elements in any order; the address is answered',
  ),
  callers: 'administrator',
  unread: ({ 'service-node': node = {} }) => Object.keys(node).map((name) => `service-node/${name}`),
  make(input, { panel, remark }) {
    const { server, release, figures } = panel;
    const { addresses } = server.now;
    const address = readAddress(input.ip_address);
    if (address instanceof Fault) return address;
    const netmask = readNetmask(input.netmask, address);
    if (netmask instanceof Fault) return netmask;
    const publicAddress = readPublicAddress(input.public_ip_address ?? '');
    if (publicAddress instanceof Fault) return publicAddress;
    if (addresses.some((one) => one.address === address)) return FAULTS.addressExists();
    const { interface: interfaces } = figuresOf(release, figures).interfaces;
    if (!interfaces.includes(input.interface)) return FAULTS.noSuchInterface(input.interface, interfaces);
    const type = readType(input.type);
    const added = { address, netmask, type, interface: input.interface, isDefault: false, publicAddress };
    server.change({ addresses: [...addresses, added] });
    remark(`added ${address}, ${type}, on ${added.interface}`);
    return added;
  },
});

export const setAddresses = ip.each('set', {
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'one of four values, or none, for each address of a filter',
  ),
  callers: 'administrator',
  unread: ({ certificate_name: certificate, 'service-node': node = {} }) => [
    ...(certificate === undefined ? [] : ['certificate_name']),
    ...Object.keys(node).map((name) => `service-node/${name}`),
  ],
  answer(found, input, { panel, remark }) {
    const change = readAddressChange(input);
    if (change instanceof Fault) return change;
    const fault = exclusiveFault(change, found, panel);
    if (fault !== undefined) return fault;
    changeAddress(found, change, panel);
    remark(`set ${Object.keys(change).join(', ') || 'nothing'} of ${found.address}`);
    return undefined;
  },
});

export const deleteAddresses = ip.del({
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source); the manual of 12.5',
    'a result for each address of a filter, with the address',
  ),
  callers: 'administrator',
  remove(found, { panel, remark }) {
    if (found.isDefault)
      return FAULTS.addressInUse(
        `IP address ${found.address} is the server's own and cannot be removed.`,
        'it is the default address',
      );
    remark(`removed ${found.address}`);
    removeAddress(found, panel);
    return undefined;
  },
});

export const getAddresses = defineOperation({
  operator: 'ip',
  name: 'get',
  source: observed(
    'plesk/api-examples e867ce5 and 39a2579',
    'one result with all addresses; a reseller gets its pool, documented in docs.plesk.com article 35389',
  ),
  callers: 'owners',
  unread: everyChild,
  run: (_input, call) =>
    ok([
      element(
        'addresses',
        visibleTo(call).map((address) => element(call.protocol.answers.address, infoOf(address, call))),
      ),
    ]),
});

/** All addresses for the administrator; for a reseller those of its pool, each of the type that it has there. */
function visibleTo({ caller, panel }: Call): readonly ServerAddress[] {
  const { addresses } = panel.server.now;
  if (caller.role === 'admin') return addresses;
  const pool = new Map(caller.terms?.pool.map(({ address, type }) => [address, type]));
  return addresses.flatMap((one) => {
    const type = pool.get(one.address);
    return type === undefined ? [] : [{ ...one, type }];
  });
}

const infoOf = (of: ServerAddress, { protocol }: Call): readonly AnswerElement[] => [
  element('ip_address', of.address),
  element('netmask', of.netmask),
  element('type', of.type),
  element('interface', of.interface),
  ...(of.isDefault && protocol.answers.defaultAddress ? [element('default', '')] : []),
  ...(of.publicAddress === '' ? [] : [element('public_ip_address', of.publicAddress)]),
];
