import { expect, it } from 'vitest';
import { nearestVersion } from '../../base/nearest-version.ts';

const ROWS = ['10.4', '11.0', '11.5', '12.0', '12.5', '17.8', '18.0'] as const;

it.each([
  ['18', '18.0'],
  ['11', '11.5'],
  ['12', '12.5'],
  ['18.0', '18.0'],
  ['18.0.60', '18.0'],
  ['18.0.60.1', '18.0'],
  ['18.1', '18.0'],
  ['12.4.99', '12.0'],
  ['12.5.30', '12.5'],
  ['11.09', '11.5'],
  ['19', undefined],
  ['10.3', undefined],
  ['9', undefined],
  ['17', '17.8'],
  ['17.5', undefined],
  ['', undefined],
  ['18.', undefined],
  ['18.0.x', undefined],
  ['obsidian', undefined],
])('the row of %s is %s', (version, row) => {
  expect(nearestVersion(version, ROWS)).toBe(row);
});
