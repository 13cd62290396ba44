import type { AnswerElement } from './answer-xml.ts';
import type { Rule } from './source.ts';

/** One row of the fault table: what Plesk answers, and how we know. */
export interface FaultRule extends Rule {
  readonly errcode: number;
}

/** What Plesk answers in place of a result: a row of the table with the words of this case. */
export class Fault {
  readonly rule: FaultRule;
  readonly errtext: string;
  /** What a developer should know besides: for the log, never for the answer. */
  readonly detail: string | undefined;
  /** What follows errtext: the element of the object that it is about. */
  readonly about: readonly AnswerElement[];

  constructor(rule: FaultRule, errtext: string, detail?: string, about: readonly AnswerElement[] = []) {
    this.rule = rule;
    this.errtext = errtext;
    this.detail = detail;
    this.about = about;
  }

  /** The same of one object: `about` follows errtext. */
  of(...about: readonly AnswerElement[]): Fault {
    return new Fault(this.rule, this.errtext, this.detail, about);
  }
}
