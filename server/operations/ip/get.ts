import type { AnswerElement } from '../../protocol/answer-xml.ts';
import { element } from '../../protocol/answer-xml.ts';
import { ok } from '../../protocol/result.ts';
import { observed } from '../../protocol/source.ts';
import type { ServerAddress } from '../../state/server-settings.ts';
import type { Call } from '../define.ts';
import { defineOperation, everyChild } from '../define.ts';

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
