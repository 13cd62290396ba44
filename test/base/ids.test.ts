import { expect, it } from 'vitest';
import { systemClock } from '../../base/clock.ts';
import { randomIds } from '../../base/ids.ts';

it('makes ids of 32 lower-case hex digits, no two of 10,000 alike', () => {
  const ids = Array.from({ length: 10_000 }, () => randomIds.hex32());

  expect(ids.filter((id) => !/^[\da-f]{32}$/.test(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
});

it('makes ids in which every digit is as frequent as another', () => {
  const text = Array.from({ length: 10_000 }, () => randomIds.hex32()).join('');

  for (const digit of '0123456789abcdef') {
    // 20,000 are expected, with a standard deviation of 137.
    expect(Math.abs(text.split(digit).length - 1 - 20_000), digit).toBeLessThan(1400);
  }
});

it('tells the time in milliseconds', () => {
  const before = Date.now();
  const now = systemClock.now();

  expect(now).toBeGreaterThanOrEqual(before);
  expect(now).toBeLessThanOrEqual(Date.now());
});
