import * as z from 'zod';
import { normalAddress } from '../../../base/addresses.ts';
import { nearestName } from '../../../base/nearest.ts';
import type { Release } from '../../protocol/versions/release.ts';
import { DEFAULT_LOCALE } from '../../protocol/versions/releases.ts';
import { LIMITS, permissionsOf } from '../reseller-names.ts';
import { STANDARD_ADDRESSES } from '../server-settings.ts';
import { WIRE_NAME } from './account-fields.ts';

/** What a release has that accounts name. */
export type Offers = Pick<Release, 'locales' | 'resellerPermissions'>;

/**
 * What is wrong between a seed and what its server offers: the languages and permissions of the release, what can be
 * limited, and its own addresses.
 */
export function offerMistakes(input: unknown, release: Offers): readonly string[] {
  const { locales } = release;
  const { accounts = [], disabledLocales = [], ipAddresses, server } = Loose.catch({}).parse(input);
  const addresses = addressesOf(ipAddresses ?? STANDARD_ADDRESSES).filter((address) => address !== '');
  const wrongLocale = (path: string, locale: string | undefined): readonly string[] => {
    const mistake = locale === undefined ? undefined : localeMistake(locale, locales);
    return mistake === undefined ? [] : [`${path}: ${mistake}`];
  };
  return [
    ...accounts.flatMap(({ role, locale, ipPool = [], ...terms }, index) => [
      ...wrongLocale(`accounts.${index}.locale`, locale),
      ...[...nameMistakes(role, terms, release), ...poolMistakes(ipPool, addresses)].map(
        (mistake) => `accounts.${index}.${mistake}`,
      ),
    ]),
    ...wrongLocale('server.admin.admin_locale', server?.admin?.admin_locale),
    ...disabledLocales.flatMap((locale, index) => {
      const path = `disabledLocales.${index}`;
      return locale === DEFAULT_LOCALE
        ? [`${path}: ${locale} is the default language, which cannot be switched off`]
        : wrongLocale(path, locale);
    }),
  ];
}

/** What is wrong with a language that a release does not have. */
export function localeMistake(locale: string, locales: readonly string[]): string | undefined {
  if (locales.includes(locale)) return undefined;
  const begun = locale === '' ? undefined : locales.find((one) => one.startsWith(`${locale}-`));
  const nearest = begun ?? nearestName(locale, locales);
  const meant = nearest === undefined ? `there are ${locales.join(', ')}` : `do you mean ${nearest}?`;
  return `the release has no language '${locale}'; ${meant}`;
}

type Names = Readonly<Record<string, unknown>>;

interface GivenTerms {
  readonly permissions?: Names | undefined;
  readonly limits?: Names | undefined;
}

/** What is wrong with the names of a reseller's permissions and limits; that nobody else has them is said elsewhere. */
export function nameMistakes(
  role: string | undefined,
  { permissions = {}, limits = {} }: GivenTerms,
  release: Offers,
): readonly string[] {
  if (role !== 'reseller') return [];
  return [
    ...unknownNames('permissions', permissions, permissionsOf(release), 'the release has no such permission'),
    ...unknownNames('limits', limits, LIMITS, 'there is no such limit'),
  ];
}

function unknownNames(field: string, given: Names, known: readonly string[], why: string): readonly string[] {
  // What cannot be a name at all is wrong elsewhere.
  const unknown = Object.keys(given).filter((name) => WIRE_NAME.test(name) && !known.includes(name));
  return unknown.map((name) => {
    const nearest = nearestName(name, known);
    const meant = nearest === undefined ? `there are ${known.join(', ')}` : `do you mean ${nearest}?`;
    return `${field}.${name}: ${why}; ${meant}`;
  });
}

interface Addressed {
  readonly address?: string | undefined;
}

/** What is wrong with the pool of a reseller, in whose server there are only these addresses, in normal form. */
export function poolMistakes(pool: readonly Addressed[], addresses: readonly string[]): readonly string[] {
  const given = addressesOf(pool);
  return given.flatMap((address, index) => {
    const wrong = (why: string): readonly string[] => [`ipPool.${index}.address: ${why}`];
    if (address === '') return [];
    if (given.indexOf(address) < index) return wrong('another has the same');
    if (addresses.includes(address)) return [];
    const there = addresses.length === 0 ? 'it has none' : `there are ${addresses.join(', ')}`;
    return wrong(`the server has no address ${address}; ${there}`);
  });
}

/** In normal form; what is none is an empty text, and wrong elsewhere. */
const addressesOf = (rows: readonly Addressed[]): readonly string[] =>
  rows.map(({ address = '' }) => normalAddress(address) ?? '');

const text = z.string().optional().catch(undefined);
const addressed = z
  .array(z.object({ address: text }).catch({}))
  .optional()
  .catch(undefined);
const names = z
  .custom<Names>((value) => typeof value === 'object' && value !== null && !Array.isArray(value))
  .optional()
  .catch(undefined);
const Loose = z.object({
  accounts: z
    .array(
      z.object({ role: text, locale: text, permissions: names, limits: names, ipPool: addressed }).catch({}),
    )
    .optional()
    .catch(undefined),
  disabledLocales: z.array(text).optional().catch(undefined),
  ipAddresses: addressed,
  server: z
    .object({ admin: z.object({ admin_locale: text }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
