import type { Fault } from '../../protocol/faults.ts';
import { FAULTS } from '../../protocol/faults.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented } from '../../protocol/source.ts';
import type { Account, Contact } from '../../state/account.ts';

export const TEXT_RULES: readonly Rule[] = [
  {
    id: 'account-value/lengths',
    source: documented(
      'plesk/db-schemas 12.5 to 18.0',
      'texts have 255 characters at most, a postcode ten; 1019 is assumed',
    ),
  },
  {
    id: 'account-value/email',
    source: assumed('nobody has recorded it', '1019 for an e-mail without @ between two texts'),
  },
  {
    id: 'account-value/country',
    source: documented(
      'docs.plesk.com article 60342',
      'two letters, kept in upper case; 1019 for others is assumed',
    ),
  },
  {
    id: 'account-value/cleared',
    source: assumed('nobody has recorded it', 'an empty text in set clears, an absent one changes nothing'),
  },
];

/** The texts of gen_info by element, each with the field of the account that it is. */
const TEXTS = {
  cname: 'company',
  pname: 'name',
  phone: 'phone',
  fax: 'fax',
  email: 'email',
  address: 'address',
  city: 'city',
  state: 'state',
  pcode: 'postcode',
  country: 'country',
  'external-id': 'externalId',
  description: 'description',
} as const satisfies Readonly<Record<string, keyof Contact | 'externalId'>>;

/** The texts of a request, those that it has. */
export type GivenTexts = { readonly [K in keyof typeof TEXTS]?: string };

/** The most characters of a text. */
export const MOST = 255;

export const tooLong = (value: string, most: number): boolean =>
  value.length > most && Array.from(value).length > most;

/** The fault of the first text that Plesk refuses. */
export function textFault(given: GivenTexts): Fault | undefined {
  if (given.pname === '') return FAULTS.invalidValue('The contact name is empty');
  for (const name of TEXT_NAMES) {
    const most = name === 'pcode' ? 10 : MOST;
    if (tooLong(given[name] ?? '', most))
      return FAULTS.invalidValue(`The value of ${name} is longer than ${most} characters`);
  }
  const { email = '', country = '' } = given;
  if (email !== '' && !EMAIL.test(email)) return FAULTS.invalidValue(`The e-mail '${email}' is invalid`);
  return country === '' || COUNTRY.test(country)
    ? undefined
    : FAULTS.invalidValue(`The country '${country}' is invalid: it is a code of two letters`);
}

const EMAIL = /^[^@\s]+@[^@\s]+$/;
const COUNTRY = /^[a-z]{2}$/i;
const TEXT_NAMES = Object.keys(TEXTS) as readonly (keyof typeof TEXTS)[];

/** The texts as fields of an account. */
export function textsFrom(given: GivenTexts): Partial<Contact & Pick<Account, 'externalId'>> {
  const texts: Partial<Record<(typeof TEXTS)[keyof typeof TEXTS], string>> = {};
  for (const name of TEXT_NAMES) {
    const value = given[name];
    if (value !== undefined) texts[TEXTS[name]] = name === 'country' ? value.toUpperCase() : value;
  }
  return texts;
}
