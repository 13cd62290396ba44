import * as z from 'zod';
import { normalAddress } from '../../../base/addresses.ts';
import { nearestName } from '../../../base/nearest.ts';
import { DEFAULT_LOCALE } from '../../protocol/versions/releases.ts';
import { STANDARD_ADDRESSES } from '../server-settings.ts';

/** What is wrong between a seed and what its server offers: the languages of the release, and its own addresses. */
export function offerMistakes(input: unknown, locales: readonly string[]): readonly string[] {
  const { accounts = [], disabledLocales = [], ipAddresses, server } = Loose.catch({}).parse(input);
  const addresses = addressesOf(ipAddresses ?? STANDARD_ADDRESSES);
  const wrongLocale = (path: string, locale: string | undefined): readonly string[] => {
    const mistake = locale === undefined ? undefined : localeMistake(locale, locales);
    return mistake === undefined ? [] : [`${path}: ${mistake}`];
  };
  return [
    ...accounts.flatMap(({ locale, ipPool = [] }, index) => [
      ...wrongLocale(`accounts.${index}.locale`, locale),
      ...poolMistakes(ipPool, addresses).map((mistake) => `accounts.${index}.${mistake}`),
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
const Loose = z.object({
  accounts: z
    .array(z.object({ locale: text, ipPool: addressed }).catch({}))
    .optional()
    .catch(undefined),
  disabledLocales: z.array(text).optional().catch(undefined),
  ipAddresses: addressed,
  server: z
    .object({ admin: z.object({ admin_locale: text }).optional().catch(undefined) })
    .optional()
    .catch(undefined),
});
