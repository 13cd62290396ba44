import { Fault, FAULTS } from '../../protocol/faults.ts';
import { documented } from '../../protocol/source.ts';
import type { Panel } from '../../state/panel.ts';
import type { ServerAddress } from '../../state/server-settings.ts';
import { defineOperation } from '../define.ts';
import {
  changeAddress,
  readPublicAddress,
  readType,
  resellersWith,
  resultsForAddresses,
} from './addresses.ts';

export const setAddresses = defineOperation({
  operator: 'ip',
  name: 'set',
  source: documented(
    'the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'one of four values, or none, for each address of a filter',
  ),
  callers: 'administrator',
  unread: ({ certificate_name: certificate, 'service-node': node = {} }) => [
    ...(certificate === undefined ? [] : ['certificate_name']),
    ...Object.keys(node).map((name) => `service-node/${name}`),
  ],
  run({ filter, ...value }, { panel, remark }) {
    const change = readChange(value);
    return resultsForAddresses(filter, panel, (found) => {
      const fault = change instanceof Fault ? change : exclusiveFault(change, found, panel);
      if (fault !== undefined || change instanceof Fault) return fault;
      changeAddress(found, change, panel);
      remark(`set ${Object.keys(change).join(', ') || 'nothing'} of ${found.address}`);
      return undefined;
    });
  },
});

type Change = Partial<Pick<ServerAddress, 'type' | 'publicAddress'>>;

function readChange(value: { readonly type?: string; readonly public_ip_address?: string }): Change | Fault {
  const { type: sent, public_ip_address: address } = value;
  if (sent !== undefined) return { type: readType(sent) };
  if (address === undefined) return {};
  const publicAddress = readPublicAddress(address);
  return publicAddress instanceof Fault ? publicAddress : { publicAddress };
}

function exclusiveFault(change: Change, found: ServerAddress, panel: Panel): Fault | undefined {
  if (change.type !== 'exclusive' || found.type === 'exclusive') return undefined;
  const having = resellersWith(found, panel).map(({ login }) => login);
  return having.length < 2
    ? undefined
    : FAULTS.addressInUse(
        `IP address ${found.address} is used by several owners and cannot become exclusive.`,
        `it is in the pools of ${having.join(', ')}`,
      );
}
