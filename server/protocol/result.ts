import type { AnswerElement } from './answer-xml.ts';
import { element } from './answer-xml.ts';
import { Fault } from './faults.ts';

/** What an operation gives: children of a `result` that went well, or the fault in its place. */
export type Result = Ok | Fault;

/** A result that went well. */
export interface Ok {
  readonly children: readonly AnswerElement[];
  /** Whether the children stand in the operation's element itself, without a `result` and a status. */
  readonly isBare?: true;
}

/** A result that went well, with what follows its status. */
export const ok = (children: readonly AnswerElement[] = []): Ok => ({ children });

/** What few operations answer in place of a `result`. */
export const bare = (children: readonly AnswerElement[]): Ok => ({ children, isBare: true });

/** The `result` element: status, errcode and errtext come first, in this order. */
export function renderResult(result: Result): readonly AnswerElement[] {
  if (result instanceof Fault) return [element('result', faultElements(result))];
  return result.isBare === true ? result.children : [element('result', [OK, ...result.children])];
}

/** A fault's children, the same in a `result` and in `system`. */
export const faultElements = ({ rule, errtext, about }: Fault): readonly AnswerElement[] => [
  ERROR,
  element('errcode', String(rule.errcode)),
  element('errtext', errtext),
  ...about,
];

const OK = element('status', 'ok');
const ERROR = element('status', 'error');
