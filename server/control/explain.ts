import { masked } from '../../base/secret.ts';
import { Fault } from '../protocol/faults.ts';
import type { Result } from '../protocol/result.ts';
import { suspension } from '../state/admission.ts';
import type { Ended } from '../state/ended-sessions.ts';
import type { Panel } from '../state/panel.ts';
import type { Found, Session } from '../state/session.ts';
import type { Control } from './control.ts';
import { formOfToken } from './help/token-form.ts';
import type { Explanation } from './interface.ts';
import type { Arrival, Kept, PacketArrival, VisitArrival, VisitOutcome } from './journal.ts';

/** The whole life of one token, in sentences: what its session knows, and what the journal still has of it. */
export function explain(token: string, control: Control): Explanation {
  const { panel, clock, journal } = control;
  const now = clock.now();
  const found = panel.sessions.find(token, now);
  const arrivals = [...journal.all()];
  if (found.state === 'unknown')
    return {
      state: 'unknown',
      sentences: [whyUnknown(token, control), ...attempts(token, arrivals, control)],
    };
  return {
    state: found.state,
    sentences: [
      ...making(found.session, arrivals, control),
      ...visits(found.session, arrivals, control),
      ending(found, now, control),
    ],
  };
}

function whyUnknown(token: string, { panel, clock }: Control): string {
  const name = `session ${masked(token)}`;
  const form = formOfToken(token);
  if (form !== undefined) return `${name}: no token looks so: ${form}.`;
  const known = panel.sessions.list(clock.now()).length;
  return (
    `${name} is unknown here: it was not made by this emulator, or before its start or last reset, or it ended so ` +
    `long ago that it is forgotten (the last thousand are remembered). ${known} other ${known === 1 ? 'session is' : 'sessions are'} alive.`
  );
}

function making(session: Session, arrivals: readonly Kept[], { panel }: Control): readonly string[] {
  const { id, login, address, createdAt, context, locale } = session;
  const at = panel.time.format(createdAt);
  const packet = arrivals.map(({ arrival }) => arrival).find((arrival) => hasMade(arrival, id));
  const sentences: string[] = [];
  if (packet !== undefined) {
    const { caller = 'nobody', version } = packet.answered ?? {};
    const by = `by create_session of ${caller} from ${packet.peer}, in a packet ${version === undefined ? 'without a version' : `of version ${version}`}`;
    sentences.push(`Made at ${at} for ${login}, ${by}.`);
    if (packet.faults.length > 0)
      sentences.push(`What was wrong with that answer was wanted by a test: ${packet.faults.join(', ')}.`);
  } else if (session.openedAt === createdAt && context === undefined) {
    sentences.push(`Made at ${at} for ${login}, by the login form.`);
  } else sentences.push(`Made at ${at} for ${login}; the packet is not in the journal.`);
  const server = context?.sourceServer ?? '';
  sentences.push(
    panel.settings.addressCheck
      ? `Bound to ${address}: a browser from another address is turned away (setting addressCheck).`
      : `Made for ${address}, which is not checked (setting addressCheck is off).`,
  );
  if (server !== '') sentences.push(`Its source_server is ${server}.`);
  for (const [name, url] of [
    ['starting_url', context?.startingUrl],
    ['back_url', context?.backUrl],
  ] as const)
    if (url !== undefined && url !== '') sentences.push(`Its ${name} is ${url}.`);
  sentences.push(`Its language is ${locale}.`);
  return sentences;
}

function hasMade(arrival: Arrival, id: string): arrival is PacketArrival {
  if (arrival.kind !== 'packet') return false;
  return (arrival.answered?.operations ?? []).some(({ done }) =>
    done.some((result) => answersId(result, id)),
  );
}

const answersId = (result: Result, id: string): boolean =>
  !(result instanceof Fault) && result.children.some(({ name, content }) => name === 'id' && content === id);

/** By the journal where it has them, else by what the session keeps. */
function visits(session: Session, arrivals: readonly Kept[], control: Control): readonly string[] {
  const told = attempts(session.id, arrivals, control);
  const { openedAt, refusals, activeAt } = session;
  const format = (at: number): string => control.panel.time.format(at);
  const seen = arrivals.flatMap(({ arrival }) =>
    arrival.kind === 'browser' && isAbout(arrival, session.id) ? [arrival] : [],
  );
  const isOpeningSeen = seen.some(
    ({ at, outcome }) => openedAt !== undefined && isSoonAfter(at, openedAt) && outcome === 'logged in',
  );
  const earlier = [
    ...refusals
      .filter(
        ({ at, reason }) => !seen.some((arrival) => isSoonAfter(arrival.at, at) && arrival.reason === reason),
      )
      .map(({ at, from, reason }) => ({
        at,
        says: `At ${format(at)} a browser from ${from} was turned away: ${reason}.`,
      })),
    ...(openedAt === undefined || isOpeningSeen
      ? []
      : [{ at: openedAt, says: `Opened at ${format(openedAt)}; that is not in the journal.` }]),
  ].sort((one, other) => one.at - other.at);
  const used = openedAt !== undefined && activeAt > openedAt ? [`Last used at ${format(activeAt)}.`] : [];
  return [...earlier.map(({ says }) => says), ...told, ...used];
}

/** Whether an entry may be that of what a session keeps: it is written when the answer has been. */
const isSoonAfter = (entry: number, kept: number): boolean => entry >= kept && entry - kept < 1000;

/** What browsers tried with a token at the doors. */
function attempts(token: string, arrivals: readonly Kept[], { panel }: Control): readonly string[] {
  return arrivals.flatMap(({ arrival }) =>
    arrival.kind === 'browser' && isAbout(arrival, token)
      ? [`At ${panel.time.format(arrival.at)} a browser from ${arrival.peer} ${whatOf(arrival)}.`]
      : [],
  );
}

function isAbout({ params, outcome, reason = '' }: VisitArrival, token: string): boolean {
  if (params.get('PLESKSESSID') === token || params.get('PHPSESSID') === token) return true;
  return (
    outcome !== undefined && ABOUT_SESSIONS.has(outcome) && reason.startsWith(`session ${masked(token)}`)
  );
}

/** The outcomes whose reason begins with the session. */
const ABOUT_SESSIONS: ReadonlySet<VisitOutcome> = new Set([
  'logged in',
  'logged out',
  'sent to the login page',
  'session rejected',
]);

function whatOf({ outcome, received, reason = 'no reason is known', url }: VisitArrival): string {
  if (outcome === undefined) return `asked for ${url.split('?', 1)[0] ?? ''}, and a fault kept the answer`;
  const lost = received === undefined ? '' : ', and a fault kept the answer';
  return `${SENTENCES[outcome] ?? `was ${outcome}`}: ${reason}${lost}`;
}

const SENTENCES: Partial<Readonly<Record<VisitOutcome, string>>> = {
  'login failed': 'was turned away',
  'session rejected': 'was sent to the login page',
};

function ending(found: Exclude<Found, { state: 'unknown' }>, now: number, { panel }: Control): string {
  const { session } = found;
  if (found.state === 'ended') return `${endingOf(found, panel)} at ${panel.time.format(found.endedAt)}.`;
  const end = panel.sessions.endOf(session.id) ?? now;
  const left = Math.max(0, Math.round((end - now) / 1000));
  return found.state === 'token'
    ? `It waits for its browser, until ${panel.time.format(end)} (${left} s from now).`
    : `A browser is in; without use it ends at ${panel.time.format(end)} (${left} s from now).`;
}

function endingOf({ ending: how, session }: Ended, panel: Panel): string {
  if (how !== 'ended by its account') return ENDINGS[how];
  const account = panel.accounts.get(session.accountId);
  if (account === undefined) return 'It ended when its account was removed';
  return `It ended when its account was ${suspension(account, panel) ?? 'suspended'}`;
}

const ENDINGS = {
  expired: 'Its time was over',
  terminated: 'An administrator ended it by session/terminate',
  'logged out': 'Its user logged out',
  'expired by control': 'A test let it expire',
  'ended by control': 'A test ended it',
} as const;
