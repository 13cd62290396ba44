import type { Setting } from './settings.ts';

/** The option of programs that print in color. */
export const COLOR = {
  kind: 'boolean',
  value: '',
  says: 'print in color; else FORCE_COLOR and NO_COLOR decide, or whether it prints to a terminal',
} as const satisfies Setting;

/**
 * Whether standard output is colored: by the option, else by FORCE_COLOR (anything but 0 and false), else not where
 * NO_COLOR is set, else on a terminal.
 *
 * @see https://no-color.org and https://force-color.org
 */
export function isColored(
  option: unknown,
  env: Readonly<Record<string, string | undefined>>,
  isTerminal = process.stdout.isTTY,
): boolean {
  if (typeof option === 'boolean') return option;
  const { FORCE_COLOR: force, NO_COLOR: no = '', TERM: terminal } = env;
  if (force !== undefined) return force !== '0' && force !== 'false';
  return isTerminal && no === '' && terminal !== 'dumb';
}
