import { nearestName } from '../../base/nearest.ts';
import type { Entry } from '../control/entry.ts';
import type { EmulatorControl } from '../control/interface.ts';
import type { WantedFields } from '../control/wanted.ts';
import { emulatorIn } from './began.ts';
import { checkOptions, checkText } from './given.ts';
import { insteadOf, linesOf } from './lines.ts';
import type { Verdict } from './received.ts';

/** How a browser was let in. */
export interface Visit {
  /** The browser's address. */
  readonly from?: string | undefined;
  /** Where it was sent: the Location, or a part of it. */
  readonly to?: string | undefined;
}

/** See `PleskMatchers`. A login that there is not, and that nobody tried, is an error, with `not` too. */
export async function toHaveLoggedIn(received: unknown, login?: string, visit: Visit = {}): Promise<Verdict> {
  const plesk = emulatorIn(received, 'toHaveLoggedIn');
  checkText('toHaveLoggedIn', 'the login', login);
  checkOptions('toHaveLoggedIn', visit, ['from', 'to']);
  const { from, to } = visit;
  checkText('toHaveLoggedIn', 'from', from);
  checkText('toHaveLoggedIn', 'to', to);
  const wanted: WantedFields = { kind: 'browser', outcome: 'logged in', login, peer: from };
  const isThere = (entry: Entry): boolean => to === undefined || locationOf(entry).includes(to);
  const found = (await plesk.journal.find(wanted)).filter(isThere);
  const pass = found.length > 0;
  const who = `a browser${login === undefined ? '' : ` as ${login}`}${from === undefined ? '' : ` from ${from}`}${to === undefined ? '' : ` to ${to}`}`;
  if (pass)
    return {
      pass,
      message: () =>
        `expected the emulator not to have logged in ${who}, but it has:\n${found.map(linesOf).join('\n')}`,
    };
  const came = await plesk.journal.find();
  const instead = insteadOf(wanted, came, (entry) => `location is ${locationOf(entry)}`);
  const unknown = login === undefined ? undefined : await unknownText(login, plesk);
  const text = `expected the emulator to have logged in ${who}, but it has not${unknown ?? ''}; ${instead}`;
  if (unknown !== undefined && !came.some((entry) => isAbout(entry, login ?? ''))) throw new TypeError(text);
  return { pass, message: () => text };
}

const locationOf = (entry: Entry): string => (entry.kind === 'browser' ? (entry.location ?? '') : '');

/** Whether somebody tried this login, which may have been removed since. */
const isAbout = (entry: Entry, login: string): boolean =>
  JSON.stringify([
    entry.login,
    entry.help,
    entry.kind === 'browser' ? [entry.params, entry.reason] : entry.operations.map(({ values }) => values),
  ]).includes(JSON.stringify(login).slice(1, -1));

/** Says so where there is no such account. */
async function unknownText(login: string, plesk: EmulatorControl): Promise<string | undefined> {
  const logins = (await plesk.accounts.list()).map((account) => account.login);
  if (logins.includes(login)) return undefined;
  const near = nearestName(login, logins);
  return `: there is no account ${login}${near === undefined ? '' : `, do you mean ${near}?`}`;
}
