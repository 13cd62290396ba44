import * as z from 'zod';
import { parseNetwork } from '../../base/networks.ts';
import { RELEASE_NAMES } from '../plesk/releases.ts';
import { ACTIONS, MODES, SCOPES } from './directory.ts';
import { readReference } from './reference.ts';
import { relationMistakes } from './relations.ts';
import { form, mistakesBy, oneOf, strict } from './schema-words.ts';
import type { Read } from './server-forms.ts';
import { isTrustedHost, readFingerprint, readOrigin, readTarget } from './server-forms.ts';

/** The name of a server or a key, and the id of a key: it goes into logs, command lines and the addresses of docs. */
const Name = form((text) =>
  /^[a-z\d][\w.-]{0,63}$/i.test(text)
    ? undefined
    : 'this is no name: 1 to 64 letters, digits, dots, hyphens or underscores, a letter or digit first',
);

const UserId = form((text) =>
  /^[1-9]\d{0,15}$/.test(text) && Number.isSafeInteger(Number(text))
    ? undefined
    : 'this is no user_id: a whole number from 1 on, below 2^53, without leading zeros',
);

const read = (reader: (text: string) => Read<string>): z.ZodString =>
  form((text) => {
    const outcome = reader(text);
    return 'mistake' in outcome ? outcome.mistake : undefined;
  });

const Line = form((text) =>
  /^[^\p{Cc}]{1,255}$/u.test(text) && text.trim() === text
    ? undefined
    : 'this must be 1 to 255 characters, without blanks at its ends or control characters',
);

const Credential = form((text) => {
  const reference = readReference(text);
  return 'mistake' in reference ? reference.mistake : undefined;
});

const Auth = strict({
  secretKey: Credential.optional(),
  login: Line.optional(),
  password: Credential.optional(),
}).refine(
  ({ secretKey, login, password }) =>
    secretKey === undefined
      ? login !== undefined && password !== undefined
      : login === undefined && password === undefined,
  { error: 'this must have secretKey, or login and password' },
);

const Server = strict({
  url: read(readOrigin),
  release: oneOf('release of Plesk that is known here', RELEASE_NAMES),
  auth: Auth,
  ca: z.string().min(1, { error: 'this is empty' }).optional(),
  fingerprint: read(readFingerprint).optional(),
  trustedRedirectHosts: z
    .array(
      form((text) =>
        isTrustedHost(text) ? undefined : 'this is no host name, address, or *. and a host name',
      ),
    )
    .optional(),
  absoluteRedirects: oneOf('way to treat absolute redirects', ['any', 'initiating-host']).optional(),
  failureRedirectUrl: read(readTarget).optional(),
  phpSessionId: z.boolean().optional(),
})
  .refine(({ ca, fingerprint }) => ca === undefined || fingerprint === undefined, {
    error: 'ca and fingerprint: a certificate that is pinned needs no CA; leave one of them out',
  })
  .refine(({ url, ca, fingerprint }) => !/^http:/i.test(url) || (ca ?? fingerprint) === undefined, {
    error: 'ca and fingerprint are for https, and the url begins with http://',
  });

const Account = strict({
  service_id: z.int().min(1),
  server: z.string(),
  login: Line,
  role: oneOf('role', ['customer', 'reseller', 'admin']),
  primary: z.boolean().optional(),
});

const User = strict({
  active: z.boolean(),
  sso_disabled: z.boolean().optional(),
  accounts: z.array(Account),
});

const Address = form((text) =>
  parseNetwork(text) === undefined
    ? 'this is no IP address or CIDR range such as 192.0.2.0/24, whose bits beyond the prefix are 0'
    : undefined,
);

/** A list that is there and empty would be a key that opens nothing: more likely a slip. */
const someOf = <T extends z.ZodType>(entry: T): z.ZodOptional<z.ZodArray<T>> =>
  z.array(entry).min(1).optional();

const Key = strict({
  id: Name,
  name: Name,
  sha256: form((text) =>
    /^[\da-f]{64}$/.test(text) ? undefined : 'this is no SHA-256: 64 lower-case hex digits',
  ),
  addresses: someOf(Address),
  actions: someOf(oneOf('action', ACTIONS)),
  scopes: z.array(oneOf('scope', SCOPES)).optional(),
  expires_at: z.iso
    .datetime({ offset: true, error: 'this is no instant with a zone, such as 2026-12-31T23:59:59Z' })
    .optional(),
  mode: oneOf('mode', MODES).optional(),
});

const File = strict({
  version: z.literal(1),
  servers: z.record(Name, Server),
  users: z.record(UserId, User),
  api_keys: z.array(Key),
});

/** The directory as it stands in its file. */
export type StoredDirectory = z.output<typeof File>;
export type StoredServer = z.output<typeof Server>;
export type StoredUser = z.output<typeof User>;
export type StoredAccount = z.output<typeof Account>;
export type StoredKey = z.output<typeof Key>;

/** Everything that keeps a JSON value from being a directory at an instant, each mistake by its path. */
export const mistakesIn = (json: unknown, now: number): readonly string[] => [
  ...mistakesBy(File, json),
  ...relationMistakes(json, now),
];
