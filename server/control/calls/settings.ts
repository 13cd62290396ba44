import * as z from 'zod';
import { checkSettings } from '../../config.ts';
import type { Settings } from '../../config.ts';
import { SettingsError } from '../../../base/settings-error.ts';
import { nearestName } from '../../../base/nearest.ts';
import type { Setting } from '../../../base/settings.ts';
import { SETTINGS } from '../../settings.ts';
import type { Panel } from '../../state/panel.ts';
import { changeSettings } from '../../state/panel.ts';
import type { ServerSettings } from '../../state/server-settings.ts';
import { ControlError } from '../control-error.ts';
import type { AnyVersion } from '../../protocol/versions/releases.ts';
import { present } from '../show-parts.ts';
import { defineCall, NOTHING, thereAre } from './call.ts';

/** What is decided at the start: ports, files, and how the emulator itself is reached. */
const FIXED = [
  'host',
  'httpPort',
  'https',
  'httpsPort',
  'hostnames',
  'caDir',
  'tlsCert',
  'tlsKey',
  'seed',
  'state',
  'journal',
  'unexpected',
  'idSeed',
  'controlToken',
] as const satisfies readonly (keyof typeof SETTINGS)[];

type Fixed = (typeof FIXED)[number];

/** What server/set changes; `loginTimeout` is both, and this one counts. */
type SetByPacket = Pick<ServerSettings, 'loginTimeout' | 'adminMultipleSessions' | 'mode'>;

/** How the emulated Plesk behaves; what is absent is not there. */
export type SettingsShown = Omit<Settings, Fixed | keyof SetByPacket> & SetByPacket;

/** What is to change of that; `null` makes absent what may be. */
export type SettingsInput = {
  readonly [K in keyof SettingsShown]?: (K extends 'plesk' ? AnyVersion : SettingsShown[K]) | null;
};

const CHANGEABLE = Object.keys(SETTINGS).filter((name) => !FIXED.some((fixed) => fixed === name));
const KNOWN = [...CHANGEABLE, 'adminMultipleSessions', 'mode'];

const Shown = z.looseObject(
  Object.fromEntries([
    ...CHANGEABLE.map((name) => [name, schemaOf(SETTINGS[name as keyof typeof SETTINGS])] as const),
    ['adminMultipleSessions', z.boolean()] as const,
    ['mode', z.enum(['standard', 'poweruser'])] as const,
  ]),
);

export const SETTINGS_CALLS = {
  'settings.get': defineCall({
    input: NOTHING,
    output: Shown,
    run: (_input, { panel }) => shownSettings(panel),
  }),
  'settings.set': defineCall({
    input: z.record(z.string(), z.unknown()),
    output: Shown,
    run: (input, { panel }) => {
      const { adminMultipleSessions, mode, ...others } = input;
      const ofPanel = OfPanel.safeParse({ adminMultipleSessions, mode });
      const known = Object.fromEntries(Object.entries(others).filter(([name]) => CHANGEABLE.includes(name)));
      const checked = checkedSettings({ ...panel.settings, ...withoutNull(known) });
      const mistakes = [
        ...wrongNames(Object.keys(input)),
        ...(ofPanel.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`),
        ...('mistakes' in checked ? checked.mistakes : []),
      ];
      if ('mistakes' in checked || ofPanel.data === undefined || mistakes.length > 0)
        throw new ControlError(400, mistakes);
      const { settings } = checked;
      changeSettings(panel, settings);
      const { loginTimeout } = settings;
      panel.server.change({
        ...present(ofPanel.data),
        ...('loginTimeout' in others ? { loginTimeout } : {}),
      });
      return shownSettings(panel);
    },
  }),
} as const;

function shownSettings({ settings, server }: Panel): SettingsShown {
  const shown = Object.fromEntries(
    Object.entries(settings).filter(([name]) => !FIXED.some((fixed) => fixed === name)),
  ) as SettingsShown;
  const { loginTimeout, adminMultipleSessions, mode } = server.now;
  return { ...shown, loginTimeout, adminMultipleSessions, mode };
}

function wrongNames(names: readonly string[]): readonly string[] {
  return names.flatMap((name) => {
    if (FIXED.some((fixed) => fixed === name))
      return [`${name}: it is decided at the start, and cannot be changed while the emulator runs`];
    if (KNOWN.includes(name)) return [];
    return [`${name} is not known;${thereAre(KNOWN, nearestName(name, KNOWN))}`];
  });
}

const OfPanel = z.object({
  adminMultipleSessions: z.boolean('it is true or false').optional(),
  mode: z.enum(['standard', 'poweruser'], 'it is standard or poweruser').optional(),
});

function checkedSettings(
  input: Readonly<Record<string, unknown>>,
): { readonly settings: Settings } | Pick<SettingsError, 'mistakes'> {
  try {
    return { settings: checkSettings(input) };
  } catch (error) {
    if (error instanceof SettingsError) return error;
    throw error;
  }
}

/** What is null is as good as never set: it has its default, or is absent. */
const withoutNull = (input: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(input).map(([name, value]) => [name, value ?? undefined]));

/** For the description of the API alone; `checkSettings` checks. */
function schemaOf({ kind, choices, says }: Setting): z.ZodType {
  const text = choices === undefined ? z.string() : z.enum([...choices]);
  const types = { text, number: z.int(), boolean: z.boolean(), list: z.array(z.string()) };
  return types[kind].optional().describe(says);
}
