import { nearestName } from '../../base/nearest.ts';
import type { Bounds, Group, Members, Occurrence, Shape, Times } from './shape.ts';
import { occurring } from './shape.ts';

export interface Token {
  readonly text: string;
  readonly at: number;
}

export type Item = readonly [name: string | undefined, member: Members[string], token?: Token];

const TIMES = String.raw`([?*+]|\[\d+\.\.\d+\])?`;
export const CLOSING = new RegExp(String.raw`^\)${TIMES}$`);
export const SPLICE = new RegExp(String.raw`^\{([\w-]+)\}${TIMES}$`);
export const ELEMENT = new RegExp(
  String.raw`^([\w-]+)(?::([^\s=?*+(){}[\]]+)(=[^\s?*+(){}[\]]*)?|(=[^\s?*+(){}[\]]*)|\{([\w-]+)\}|(\(\)))?${TIMES}$`,
);
export const VERSIONED = /^(.+)@(?:(\d[\d.]*\d)|\.\.(\d[\d.]*\d))$/;
export const OPENING = /^([\w-]*)\($/;
export const WHOLE = /^(?::(\S+)|(\(\)))$/;

export const UNREADABLE = (token: string): string =>
  `cannot read ${token}: put blanks around brackets and separators`;

export const meant = (name: string, known: readonly string[]): string => {
  const near = nearestName(name, known);
  return near === undefined ? '' : `: do you mean ${near}?`;
};

export const named = (name: string, shape: Shape, times: string | undefined): Item => {
  const often = timesOf(times);
  return [name, often === 'once' ? shape : occurring(shape, often)];
};

export const inlined = (group: Group, times: string | undefined): Item => [
  undefined,
  { kind: 'inline', group, occurs: timesOf(times), merged: true },
];

export function timesOf(times: string | undefined): Times {
  if (times === undefined) return 'once';
  if (Object.hasOwn(SIGNS, times)) return SIGNS[times as keyof typeof SIGNS];
  const [min = 0, max = 0] = times.slice(1, -1).split('..').map(Number);
  return [min, max] satisfies Bounds;
}

const SIGNS = { '?': 'optional', '*': 'any', '+': 'some' } as const satisfies Readonly<
  Record<string, Occurrence>
>;
