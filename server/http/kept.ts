import type { AgentAnswer, Performed } from '../agent.ts';
import { Fault } from '../protocol/faults.ts';
import { ok } from '../protocol/result.ts';

/** What is kept of one body, in bytes, and of one answer: a thousand requests of the largest kind still fit into memory. */
const LARGEST = 65_536;
/** Of a packet that is too large, or has too large an answer. */
const OPERATIONS = 100;
const RESULTS = 10;

/** A body as the journal keeps it, and whether that is not all of it. */
export function keptBody(body: Buffer | undefined): { readonly body: Buffer; readonly isCut: boolean } {
  if (body === undefined) return { body: Buffer.alloc(0), isCut: true };
  // Copied: a part of a buffer keeps the whole.
  return body.length > LARGEST
    ? { body: Buffer.from(body.subarray(0, LARGEST)), isCut: true }
    : { body, isCut: false };
}

/** A packet's answer as the journal keeps it: of a large one the beginning. */
export function keptAnswer(answered: AgentAnswer | undefined, bodyIsCut: boolean): AgentAnswer | undefined {
  if (answered === undefined || (!bodyIsCut && answered.xml.length <= LARGEST)) return answered;
  const { xml, version, fault } = answered;
  return {
    ...answered,
    xml: beginning(xml, LARGEST),
    version: version === undefined ? undefined : beginning(version, WORDS),
    fault: fault && withoutEnd(fault),
    operations: answered.operations
      .slice(0, OPERATIONS)
      .map((performed) =>
        bodyIsCut ? { ...withoutBulk(performed), input: undefined } : withoutBulk(performed),
      ),
  };
}

/** Copied, as above. */
const beginning = (text: string, length: number): string =>
  text.length > length ? Buffer.from(text.slice(0, length)).toString() : text;

/** In characters: whoever names an element by a megabyte has it named back. */
const WORDS = 2000;

const withoutEnd = ({ rule, errtext, detail, about }: Fault): Fault =>
  new Fault(
    rule,
    beginning(errtext, WORDS),
    detail === undefined ? undefined : beginning(detail, WORDS),
    about,
  );

const withoutBulk = ({ results, ...performed }: Performed): Performed => ({
  ...performed,
  done: [],
  results: results.slice(0, RESULTS).map((result) => (result instanceof Fault ? result : ok())),
});
