import { element } from '../../protocol/answer-xml.ts';
import { addressFrom, serverFrom, textFrom } from '../../protocol/base64-text.ts';
import { Fault, FAULTS } from '../../protocol/faults.ts';
import { ok } from '../../protocol/result.ts';
import type { Rule } from '../../protocol/source.ts';
import { assumed, documented, observed } from '../../protocol/source.ts';
import { DEFAULT_LOCALE } from '../../protocol/versions/releases.ts';
import type { Account } from '../../state/account.ts';
import { isOffered } from '../../state/locales.ts';
import type { SessionContext } from '../../state/session.ts';
import { defineOperation } from '../define.ts';
import type { Call } from '../define.ts';
import { accountFor } from './session-account.ts';
import type { InputOf } from '../request-models/index.ts';
import { whyNoAddress } from './why-no-address.ts';

type Data = NonNullable<InputOf<'server', 'create_session'>['data']>;

export const CREATE_SESSION_RULES: readonly Rule[] = [
  {
    id: 'create-session/user-ip',
    source: observed('pmill/php-plesk pull 52; docs.plesk.com article 80002', 'plain and base64 both work'),
  },
  {
    id: 'create-session/no-user-ip',
    source: assumed(
      'nobody has recorded it',
      "an empty or absent one is the API caller's address; emptyUserIp",
    ),
  },
  {
    id: 'create-session/source-server',
    source: observed(
      'plesk/whmcs-plugin; erikk1986/php-plesk; docs.plesk.com articles 80002 and 73875',
      'source_server is accepted empty, plain and in base64, a host name or an address',
    ),
  },
  {
    id: 'create-session/source-server-form',
    source: assumed(
      'a plain host name may be valid base64',
      'base64 only where it decodes to what the field should be',
    ),
  },
  {
    id: 'create-session/kept',
    source: documented(
      'docs.plesk.com article 73865 (12.5)',
      'e-mail and phone stay with a user without, the locale always',
    ),
  },
];

export const createSession = defineOperation({
  operator: 'server',
  name: 'create_session',
  source: documented(
    'docs.plesk.com articles 73865, 80002 and 73875; the schema of 1.6.6.0 (michabbb/sdks-plesk-xsd-source)',
    'a session for a user, bound to user_ip; its id is the token',
  ),
  callers: 'anyone',
  unread: ({ data: given = {} }, { startingUrlUsed }) =>
    Object.keys(given)
      .filter((name) => (name === 'starting_url' ? !startingUrlUsed : !TAKEN.has(name)))
      .map((name) => `data/${name}`),
  run({ login, data: given }, call) {
    const { panel, now, remark } = call;
    const account = accountFor(login, call);
    if (account instanceof Fault) return account;
    const address = boundAddress(given?.user_ip ?? '', call);
    if (address instanceof Fault) return address;

    const locale = given === undefined ? account.locale : keepForUser(account, given, call);
    const id = panel.ids.hex32();
    panel.sessions.add({
      id,
      account,
      address,
      createdAt: now,
      context: given === undefined ? undefined : contextOf(given),
      locale,
    });
    remark(`for ${login} at ${address}`);
    return ok([element('id', id)]);
  },
});

function boundAddress(userIp: string, { panel, address, remark }: Call): string | Fault {
  if (userIp !== '') {
    return addressFrom(userIp) ?? FAULTS.invalidValue(NO_ADDRESS, whyNoAddress(userIp));
  }
  if (panel.settings.emptyUserIp === 'refuse') return FAULTS.invalidValue('user_ip is empty');
  remark(`no user_ip: bound to the caller's own address ${address}`);
  return address;
}

const NO_ADDRESS = 'user_ip is neither an IP address nor the base64 of one';

/**
 * E-mail and phone stay with a user who has none; a language that is installed stays in any case. Answers the
 * language of the session, which is the panel's own where the one asked for is not installed.
 */
function keepForUser(account: Account, given: Data, { panel, remark }: Call): string {
  const { c_email: email = '', c_phone: phone = '', locale_id: localeId = '' } = given;
  const locale = localeId === '' ? '' : textFrom(localeId, LOCALE);
  if (email !== '' && account.email === '')
    panel.accounts.update(account.id, { email: textFrom(email, EMAIL) });
  if (phone !== '' && account.phone === '')
    panel.accounts.update(account.id, { phone: textFrom(phone, PHONE) });
  if (locale === '') return account.locale;
  if (isOffered(locale, panel)) {
    panel.accounts.update(account.id, { locale });
    return locale;
  }
  remark(`locale_id '${locale}' is not installed`);
  return DEFAULT_LOCALE;
}

const EMAIL = /@/;
const PHONE = /^[+(\d][\d\s()./-]*$/;
const LOCALE = /^[a-z]{2}(?:-[A-Z]{2})?$/;
const ANY_URL = /^(?:https?:\/\/|\/)/i;

function contextOf(given: Data): SessionContext {
  const { source_server: server, starting_url: startingUrl, back_url: backUrl } = given;
  const others: Record<string, string> = {};
  for (const [name, value] of Object.entries(given)) if (!TAKEN.has(name)) others[name] = value;
  return {
    sourceServer: serverFrom(server),
    ...(startingUrl === undefined ? {} : { startingUrl: textFrom(startingUrl, ANY_URL) }),
    ...(backUrl === undefined ? {} : { backUrl: textFrom(backUrl, ANY_URL) }),
    ...(Object.keys(others).length === 0 ? {} : { others }),
  };
}

/** What has a place of its own, in the session or with the user. */
const TAKEN: ReadonlySet<string> = new Set([
  'user_ip',
  'c_email',
  'c_phone',
  'locale_id',
  'source_server',
  'starting_url',
  'back_url',
] satisfies (keyof Data)[]);
