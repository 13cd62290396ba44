import { unknownVariables as unknownIn } from '../../base/unknown-variables.ts';
import { PREFIX, SETTINGS } from '../settings.ts';
import { ASKING_OPTIONS } from './command.ts';

/** Variables of the emulator's prefix that are no setting, a sentence each. */
export const unknownVariables = (
  env: Readonly<Record<string, string | undefined>>,
  besides: Readonly<Record<string, unknown>>,
): readonly string[] => unknownIn(env, PREFIX, Object.keys({ ...SETTINGS, ...ASKING_OPTIONS, ...besides }));
