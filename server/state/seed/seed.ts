import * as z from 'zod';
import type { Settings } from '../../config.ts';
import { releaseOf } from '../../protocol/versions/releases.ts';
import type { SeedState } from '../seed-state.ts';
import { ADMIN, DEFAULT_ADMIN, SeedError } from '../seed-state.ts';
import { administratorFrom, settingsFrom } from '../server-settings.ts';
import { TimeFormat } from '../time-format.ts';
import type { CredentialSettings } from '../credential-rules.ts';
import { credentialMistakes } from '../credential-rules.ts';
import { accountFrom, SeedAccount, termMistakes } from './account.ts';
import { addressMistakes, SeedAddress, surroundingsFrom } from './surroundings.ts';
import { SeedFigures } from './figures.ts';
import { keyMistakes, SeedKey, secretKeysFrom } from './keys.ts';
import { offerMistakes } from './offered.ts';
import { mistakesOf } from './seed-words.ts';

const EXAMPLE_PACKET = `<packet>
  <server>
    <set><session_setup><login_timeout>20</login_timeout></session_setup></set>
  </server>
</packet>
`;

/** A seed as it is written. */
export const Seed = z.strictObject({
  $schema: z.string().optional().describe('Where an editor finds this schema; the emulator does not read it'),
  accounts: z
    .array(SeedAccount)
    .default([])
    .describe('The accounts; without an account admin there is one with the password changeme1Q**'),
  secretKeys: z.array(SeedKey).default([]).describe('Secret keys that are there from the start'),
  server: SeedFigures.default({}).describe("What server/get tells, by the wire's own names"),
  ipAddresses: z
    .array(SeedAddress)
    .optional()
    .describe("The server's own addresses; without them 192.0.2.10 on eth0, shared, the default"),
  disabledLocales: z
    .array(z.string())
    .default([])
    .meta({ description: 'Languages that are installed and switched off', examples: [['tr-TR']] }),
  packets: z
    .array(z.string())
    .default([])
    .meta({
      description:
        'Packets in XML, answered in order as the administrator at 127.0.0.1 when all else is there; each must be answered ok',
      examples: [[EXAMPLE_PACKET]],
    }),
});

/** What an emulator starts with. */
export interface SeedInput {
  readonly accounts?: readonly z.input<typeof SeedAccount>[];
  /** Keys that are there from the start; each needs its `key` alone. */
  readonly secretKeys?: readonly z.input<typeof SeedKey>[];
  /** What server/get tells, by the wire's own names: `{ stat: { load_avg: { l1: 0.5 } } }`. The rest has defaults. */
  readonly server?: z.input<typeof SeedFigures>;
  /** The server's own addresses; without them there is one, 192.0.2.10. */
  readonly ipAddresses?: readonly z.input<typeof SeedAddress>[];
  /** Languages that are installed and switched off. */
  readonly disabledLocales?: readonly string[];
  /** Packets in XML, answered in order as the administrator at 127.0.0.1 when all else is there; each has to be ok. */
  readonly packets?: readonly string[];
  /** Where an editor finds the JSON Schema of a seed; it is not read. */
  readonly $schema?: string;
}

/** Checks a seed and makes what a panel starts with, the administrator added where it is not named; or a SeedError. */
export function seedState(
  input: unknown,
  {
    loginTimeout,
    plesk,
    timeZone,
    credentialRules,
  }: Pick<Settings, 'loginTimeout' | 'plesk' | 'timeZone' | 'credentialRules'>,
): SeedState {
  const checked = Seed.safeParse(input, { reportInput: true });
  const between = [...checkBetween(input, { credentialRules }), ...offerMistakes(input, releaseOf(plesk))];
  if (!checked.success || between.length > 0) {
    throw new SeedError([...mistakesOf(Seed, checked.error?.issues ?? []), ...between]);
  }
  const { accounts: named, secretKeys, packets, server: figures, ...surroundings } = checked.data;
  const isNamed = named.some(({ login }) => login === DEFAULT_ADMIN.login);
  const rows = isNamed ? named : [SeedAccount.parse({ ...DEFAULT_ADMIN, role: 'admin' }), ...named];
  const ordered = [...rows].sort(
    (one, other) => Number(other.role === 'admin') - Number(one.role === 'admin'),
  );
  const ids = new Map(ordered.map(({ login }, index) => [login, index + 1]));
  const time = new TimeFormat(timeZone);
  const accounts = ordered.map((row, index) => ({
    ...accountFrom(row, row.role === 'admin' ? undefined : ids.get(row.owner ?? DEFAULT_ADMIN.login), time),
    id: index + 1,
    ...(row.login === ADMIN ? administratorFrom(figures) : {}),
  }));
  return {
    accounts,
    secretKeys: secretKeysFrom(secretKeys, (login = ADMIN) => ids.get(login) ?? 0),
    server: settingsFrom(figures, loginTimeout, surroundingsFrom(surroundings)),
    figures,
    packets,
  };
}

/** What is wrong between accounts and keys, whatever else is wrong within them. */
function checkBetween(input: unknown, settings: CredentialSettings): readonly string[] {
  const { accounts = [] } = Loose.catch({}).parse(input);
  return [
    ...ownerMistakes(accounts),
    ...accounts.flatMap(({ login = '', password = '', role }, index) =>
      credentialMistakes({ login, password, role: role === 'admin' ? role : 'customer' }, settings).map(
        (mistake) => `accounts.${index}.${mistake}`,
      ),
    ),
    ...accounts.flatMap((row, index) =>
      termMistakes(row.role, row).map((mistake) => `accounts.${index}.${mistake}`),
    ),
    ...guidTwins(accounts),
    ...keyMistakes(input, new Set([ADMIN, ...accounts.map(({ login }) => login)])),
    ...addressMistakes(input),
  ];
}

function ownerMistakes(accounts: NonNullable<z.output<typeof Loose>['accounts']>): readonly string[] {
  const mistakes: string[] = [];
  const roles = new Map(accounts.map(({ login, role }) => [login, role]));
  const seen = new Set<unknown>();
  accounts.forEach(({ login, role, owner }, index) => {
    const wrong = (field: string, message: string): void => {
      mistakes.push(`accounts.${index}.${field}: ${message}`);
    };
    if (login !== undefined && seen.has(login))
      wrong('login', `there is another account with the login '${login}'`);
    seen.add(login);
    if (login === DEFAULT_ADMIN.login && role !== 'admin')
      wrong('role', 'the login admin is the administrator');
    if (owner === undefined) return;
    if (role === 'admin') wrong('owner', 'an administrator belongs to nobody');
    const isKnown = owner === DEFAULT_ADMIN.login || roles.has(owner);
    const ownerRole = owner === DEFAULT_ADMIN.login ? 'admin' : roles.get(owner);
    if (!isKnown) wrong('owner', `there is no account with the login '${owner}'`);
    else if (ownerRole === 'customer') wrong('owner', 'a customer owns nobody');
    else if (ownerRole === 'reseller' && role === 'reseller')
      wrong('owner', 'a reseller belongs to the administrator');
  });
  return mistakes;
}

function guidTwins(accounts: NonNullable<z.output<typeof Loose>['accounts']>): readonly string[] {
  const seen = new Set<string>();
  return accounts.flatMap(({ guid }, index) => {
    if (guid === undefined) return [];
    const mistakes = seen.has(guid)
      ? [`accounts.${index}.guid: there is another account with this guid`]
      : [];
    seen.add(guid);
    return mistakes;
  });
}

const text = z.string().optional().catch(undefined);
const Loose = z.object({
  accounts: z
    .array(z.looseObject({ login: text, password: text, role: text, owner: text, guid: text }).catch({}))
    .optional(),
});
