import { localeHelp } from './account-values.ts';
import type { Case } from './case.ts';
import { anyOf } from './words.ts';

/** Help for a plan or a language that there is not. */
export function helpForNoObject({ arrival, fault }: Case): readonly string[] {
  if (fault.errtext.endsWith(' plan does not exist.') || fault.errtext === 'Plan does not exist.')
    return ['plans are not emulated: leave the plan out, and the account has none'];
  const [, locale] = /^'(.*)' is no locale of this release$/.exec(fault.detail ?? '') ?? [];
  return locale === undefined ? [] : localeHelp(locale, arrival);
}

/** Help for an address that the server, or the pool of a reseller, has not. */
export function helpForAddress({ arrival, fault }: Case): readonly string[] {
  if (fault.errtext.endsWith("in client's pool")) return ['reseller/ippool-add-ip puts an address into it'];
  const addresses = arrival.panel.server.now.addresses.map(({ address }) => address);
  return [`the server has ${addresses.length === 0 ? 'no address' : anyOf(addresses)}; ip/add adds one`];
}

/** Help for something that is kept by what it has. */
export const helpForInUse = ({ fault }: Case): readonly string[] =>
  / has customers\b/.test(fault.errtext)
    ? ['customer/del removes them, or customer/change-owner gives them to another']
    : [];
