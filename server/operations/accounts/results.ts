import type { AnswerElement } from '../../protocol/answer-xml.ts';
import { element } from '../../protocol/answer-xml.ts';
import { Fault } from '../../protocol/faults.ts';
import type { Ok, Result } from '../../protocol/result.ts';
import { ok } from '../../protocol/result.ts';
import type { Account } from '../../state/account.ts';
import type { Selected } from './select.ts';

/**
 * A result for everything that was selected: status, the filter-id, the id of the account and what `answer` gives for
 * it; or its fault, with the filter-id behind errtext.
 */
export function resultsFor(
  selection: Iterable<Selected>,
  answer: (account: Account) => readonly AnswerElement[] | Fault,
): readonly Result[] {
  const results: Result[] = [];
  for (const { filterId, found } of selection) {
    const about = filterId === undefined ? [] : [element('filter-id', filterId)];
    results.push(found === undefined ? ok(about) : resultFor(found, about, answer));
  }
  return results;
}

function resultFor(
  found: Account | Fault,
  about: readonly AnswerElement[],
  answer: (account: Account) => readonly AnswerElement[] | Fault,
): Result {
  if (found instanceof Fault) return found.of(...about);
  const given = answer(found);
  return given instanceof Fault
    ? given.of(...about)
    : ok([...about, element('id', String(found.id)), ...given]);
}

/** The answer to the making of an account. */
export const madeResult = ({ id, guid }: Account): Ok =>
  ok([element('id', String(id)), element('guid', guid)]);

/** Where nothing follows the id. */
export const NOTHING_MORE: readonly AnswerElement[] = [];
