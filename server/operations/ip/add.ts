import { element } from '../../protocol/answer-xml.ts';
import { Fault, FAULTS } from '../../protocol/faults.ts';
import { ok } from '../../protocol/result.ts';
import { documented } from '../../protocol/source.ts';
import { figuresOf } from '../../state/figures.ts';
import { defineOperation } from '../define.ts';
import { readAddress, readNetmask, readPublicAddress, readType } from './addresses.ts';

export const addAddress = defineOperation({
  operator: 'ip',
  name: 'add',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source); the manual of 12.5',
    'six elements in any order; the address is answered',
  ),
  callers: 'administrator',
  unread: ({ 'service-node': node = {} }) => Object.keys(node).map((name) => `service-node/${name}`),
  run(input, { panel, remark }) {
    const { server, release, figures } = panel;
    const { addresses } = server.now;
    const read = readAddress(input.ip_address);
    if (read instanceof Fault) return read;
    const netmask = readNetmask(input.netmask, read);
    if (netmask instanceof Fault) return netmask;
    const publicAddress = readPublicAddress(input.public_ip_address ?? '');
    if (publicAddress instanceof Fault) return publicAddress;
    if (addresses.some((one) => one.address === read)) return FAULTS.addressExists();
    const { interface: interfaces } = figuresOf(release, figures).interfaces;
    if (!interfaces.includes(input.interface)) return FAULTS.noSuchInterface(input.interface, interfaces);
    const added = {
      address: read,
      netmask,
      type: readType(input.type),
      interface: input.interface,
      isDefault: false,
      publicAddress,
    };
    server.change({ addresses: [...addresses, added] });
    remark(`added ${read}, ${added.type}, on ${added.interface}`);
    return ok([element('ip_address', read)]);
  },
});
