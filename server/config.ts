import * as z from 'zod';
import { isHostName, normalAddress } from '../base/addresses.ts';
import type { ReadSettings, SettingTable } from '../base/settings.ts';
import { flagOf, readSettings } from '../base/settings.ts';
import { NEWEST_RELEASE, RELEASE_NAMES } from './protocol/versions/releases.ts';

/** Every setting begins so in the environment. */
export const PREFIX = 'PLESK_EMULATOR_';

const port = z.int().min(0).max(65_535);

/** Text that is what it should be; the mistake shows both. */
const text = (what: string, holds: (text: string) => boolean): z.ZodString =>
  z.string().refine(holds, { error: ({ input }) => `'${String(input)}' is no ${what}` });

const word = <const W extends readonly string[]>(words: W): z.ZodEnum<{ [K in W[number]]: K }> =>
  z.enum(words, { error: ({ input }) => `'${String(input)}' is none of ${words.join(', ')}` });

const isAddress = (name: string): boolean => normalAddress(name) !== undefined;
const isHost = (name: string): boolean => isAddress(name) || isHostName(name);

/** How the emulator behaves, with the defaults of a fresh Plesk that only this machine can reach. */
export const Settings = z.strictObject({
  plesk: word(RELEASE_NAMES).default(NEWEST_RELEASE),
  host: text('address or host name', isHost).default('127.0.0.1'),
  httpPort: port.default(8880),
  https: z.literal(false, { error: 'HTTPS is not emulated yet; leave it off' }).default(false),
  seed: z.string().min(1).optional(),
  trustedRedirectHosts: z
    .array(text('host name, address, or *. and a host name', (name) => isHost(name.replace(/^\*\./, ''))))
    .optional(),
  absoluteRedirects: word(['any', 'initiating-host']).default('any'),
  loginTimeout: z.int().min(1).max(99_999).default(30),
  tokenTtl: z.int().min(1).max(31_536_000).optional(),
  tokenReuse: z.boolean().default(false),
  addressCheck: z.boolean().default(true),
  allowIpChanges: z.boolean().default(false),
  unopenedSessions: z.boolean().default(false),
  emptyUserIp: word(['caller', 'refuse']).default('caller'),
  api: z.boolean().default(true),
  apiAllowedIps: z.array(text('address', isAddress)).optional(),
  maxPacketBytes: z.int().min(1024).max(67_108_864).default(1_048_576),
  timeZone: text('time zone of the IANA database, such as Europe/Berlin', isTimeZone).default('UTC'),
});

export type Settings = z.output<typeof Settings>;
export type SettingsInput = z.input<typeof Settings>;

/** The same settings as flags and variables, in the words of `--help` and docs/options.md. */
export const SETTINGS = {
  plesk: { kind: 'text', value: 'RELEASE', says: `the release to emulate: ${RELEASE_NAMES.join(', ')}` },
  host: { kind: 'text', value: 'HOST', says: 'the address to listen on; 0.0.0.0 for all' },
  httpPort: { kind: 'number', value: 'N', says: 'the port for HTTP; 0 takes any that is free' },
  https: {
    kind: 'boolean',
    value: '',
    says: 'HTTPS besides HTTP; it is not emulated yet and must stay off',
  },
  seed: {
    kind: 'text',
    value: 'FILE|demo',
    says: 'accounts to start with; without it the administrator alone',
  },
  trustedRedirectHosts: {
    kind: 'list',
    value: 'HOSTS',
    says: 'panel.ini [security] trustedRedirectHosts, with commas; an empty text trusts none; absent, all',
  },
  absoluteRedirects: {
    kind: 'text',
    value: 'any|initiating-host',
    says: 'where 12.5 and 17.x let an absolute success_redirect_url lead',
  },
  loginTimeout: { kind: 'number', value: 'MINUTES', says: 'the idle time after which a session ends' },
  tokenTtl: {
    kind: 'number',
    value: 'SECONDS',
    says: 'how long a token may wait to be opened; absent, the idle time',
  },
  tokenReuse: { kind: 'boolean', value: '', says: 'let a token log in again while its session lives' },
  addressCheck: { kind: 'boolean', value: '', says: 'accept a token from its user_ip only' },
  allowIpChanges: { kind: 'boolean', value: '', says: 'let a session go on from another address' },
  unopenedSessions: {
    kind: 'boolean',
    value: '',
    says: 'accept a token as session cookie before it was opened',
  },
  emptyUserIp: {
    kind: 'text',
    value: 'caller|refuse',
    says: "what an empty user_ip does: bind to the API caller's address, or 1019",
  },
  api: { kind: 'boolean', value: '', says: 'panel.ini [api] enabled' },
  apiAllowedIps: { kind: 'list', value: 'ADDRESSES', says: 'panel.ini [api] allowedIPs, with commas' },
  maxPacketBytes: { kind: 'number', value: 'BYTES', says: 'the largest packet that is read' },
  timeZone: { kind: 'text', value: 'ZONE', says: 'the zone of the times in answers' },
} as const satisfies SettingTable & Record<keyof Settings, unknown>;

/** Settings that cannot be used, every one that is wrong named. */
export class SettingsError extends Error {
  readonly mistakes: readonly string[];

  constructor(mistakes: readonly string[]) {
    super(`Settings are wrong:\n${mistakes.map((mistake) => `  ${mistake}`).join('\n')}`);
    this.name = 'SettingsError';
    this.mistakes = mistakes;
  }
}

/** Checks settings and fills in the defaults, or throws a SettingsError. */
export function checkSettings(input: unknown, nameOf = (name: string): string => name): Settings {
  const { settings, mistakes } = tryChecking(input, nameOf);
  if (settings === undefined) throw new SettingsError(mistakes);
  return settings;
}

/** Settings from the command line, else from the environment; throws a SettingsError that names every mistake. */
export function readConfig(
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  besides: SettingTable = {},
): { readonly settings: Settings; readonly read: ReadSettings } {
  const read = readSettings({ ...SETTINGS, ...besides }, args, env, PREFIX);
  const [command = 'start', ...more] = read.positionals;
  const unknown = [...(command === 'start' ? [] : [command]), ...more];
  const words = unknown.map((word) => `${word} is no command; the one there is, is start`);
  const own = Object.entries(read.values).filter(([name]) => !(name in besides));
  const { settings, mistakes } = tryChecking(
    Object.fromEntries(own),
    (name) => read.places[name] ?? `--${flagOf(name)}`,
  );
  if (settings === undefined || read.mistakes.length + words.length > 0) {
    throw new SettingsError([...words, ...read.mistakes, ...mistakes]);
  }
  return { settings, read };
}

function tryChecking(
  input: unknown,
  nameOf: (name: string) => string,
): { readonly settings?: Settings; readonly mistakes: readonly string[] } {
  const checked = Settings.safeParse(input);
  if (checked.success) return { settings: checked.data, mistakes: [] };
  // A number that is much too large is also no integer; one thing said of a place is enough.
  const byPlace = new Map(
    checked.error.issues.map((issue): [string, string] => {
      const [name, ...rest] = issue.path.map(String);
      const place = name === undefined ? '' : [nameOf(name), ...rest].join('.');
      return [place, place === '' ? issue.message : `${place}: ${issue.message}`];
    }),
  );
  return { mistakes: [...byPlace.values()] };
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
