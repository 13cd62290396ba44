import { bodyText } from './body-text.ts';
import type { BrowserEntry } from './entry.ts';
import { helpForVisit } from './help.ts';
import { isUnexpected } from './is-unexpected.ts';
import type { VisitArrival } from './journal.ts';
import { isSecretName, MASKED, maskOf } from './masking.ts';
import { parametersOf } from './parameters.ts';
import { secretsOfVisit } from './secrets.ts';
import { common, masked, present, shownHeaders } from './show-parts.ts';

/** A browser's request as the journal shows it. */
export function browserEntry(id: number, arrival: VisitArrival): BrowserEntry {
  const { body, params, outcome = 'unanswered', status, location, reason, login } = arrival;
  const mask = maskOf(secretsOfVisit(arrival));
  const unread = (parametersOf(arrival)?.unread ?? []).map(mask.text);
  return {
    kind: 'browser',
    id,
    ...common(arrival, outcome, mask),
    params: Object.fromEntries(
      [...params].map(([name, value]) => [mask.text(name), isSecretName(name) ? MASKED : mask.text(value)]),
    ),
    unread,
    ...present({
      status,
      login: masked(login, mask),
      location: masked(location, mask),
      reason: masked(reason, mask),
    }),
    request: {
      headers: shownHeaders(arrival, mask),
      body: mask.text(bodyText(body?.body ?? Buffer.alloc(0))),
      isCut: body?.isCut ?? false,
    },
    help: helpForVisit(arrival).map(mask.sentence),
    isUnexpected: isUnexpected(arrival),
  };
}
