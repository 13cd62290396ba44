import type { Operation } from './define.ts';
import * as operations from './index.ts';

/** Every operation that is emulated, by operator and name; each is a rule. */
export const OPERATIONS: readonly Operation[] = Object.values<Operation>(operations).sort((one, other) =>
  one.id < other.id ? -1 : 1,
);

const KNOWN: ReadonlyMap<string, Operation> = new Map(
  OPERATIONS.map((operation) => [`${operation.operator}/${operation.name}`, operation]),
);

/** The operation by its names, or `undefined` where it is not emulated. */
export const findOperation = (operator: string, name: string): Operation | undefined =>
  KNOWN.get(`${operator}/${name}`);
