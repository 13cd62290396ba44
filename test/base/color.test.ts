import { expect, it } from 'vitest';
import { isColored } from '../../base/color.ts';

it.each<[option: boolean | undefined, env: Record<string, string>, isTerminal: boolean, isColored: boolean]>([
  [undefined, {}, true, true],
  [undefined, {}, false, false],
  [undefined, { NO_COLOR: '1' }, true, false],
  [undefined, { NO_COLOR: '' }, true, true],
  [undefined, { TERM: 'dumb' }, true, false],
  [undefined, { FORCE_COLOR: '1' }, false, true],
  [undefined, { FORCE_COLOR: '' }, false, true],
  [undefined, { FORCE_COLOR: '0' }, true, false],
  [undefined, { FORCE_COLOR: 'false' }, true, false],
  [undefined, { FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
  [false, { FORCE_COLOR: '1' }, true, false],
  [true, { NO_COLOR: '1' }, false, true],
])('option %s, variables %j, terminal %s: %s', (option, env, isTerminal, expected) => {
  expect(isColored(option, env, isTerminal)).toBe(expected);
});
