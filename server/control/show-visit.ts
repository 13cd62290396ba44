import type { BrowserEntry } from './entry.ts';
import { helpForVisit } from './help.ts';
import type { VisitArrival } from './journal.ts';
import { isSecretName, MASKED, maskOf } from './masking.ts';
import { parametersOf } from './parameters.ts';
import { secretsOfVisit } from './secrets.ts';
import { common, masked, present } from './show-parts.ts';

/** A browser's request as the journal shows it. */
export function browserEntry(id: number, arrival: VisitArrival): BrowserEntry {
  const { params, outcome = 'unanswered', status, location, reason, login } = arrival;
  const mask = maskOf(secretsOfVisit(arrival));
  const unread = (parametersOf(arrival)?.unread ?? []).map(mask.text);
  return {
    kind: 'browser',
    id,
    ...common(arrival, mask),
    outcome,
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
    help: helpForVisit(arrival).map(mask.sentence),
    isUnexpected: unread.length > 0,
  };
}
