import { nearestName } from '../../../base/nearest.ts';
import { nearestPath, pathsOf } from '../../panel/paths.ts';
import type { VisitArrival } from '../journal.ts';
import { parametersOf } from '../parameters.ts';
import { activationOf, helpForLogin } from './logins.ts';
import { formOfToken } from './token-form.ts';

/** Each looks at one thing that browsers are sent wrong with. */
export const VISIT_HELP: readonly ((arrival: VisitArrival) => readonly string[])[] = [
  unreadParameters,
  tokenForm,
  misplacedToken,
  wrongPath,
  cookieOfOtherScheme,
  wrongLogin,
];

function unreadParameters(arrival: VisitArrival): readonly string[] {
  const { known, unread } = parametersOf(arrival) ?? { known: [], unread: [] };
  return unread.flatMap((name) => {
    if (TOKENS.includes(name.toUpperCase()) && !known.includes(name.toUpperCase())) return [];
    const near = nearestName(name, known);
    const meant = near === undefined ? `it reads ${known.join(', ')}` : `do you mean ${near}?`;
    return [`${name} is not read here: ${meant}`];
  });
}

const TOKENS: readonly string[] = ['PLESKSESSID', 'PHPSESSID'];
const DOOR = '/enterprise/rsession_init.php';

const tokenOf = ({ params }: VisitArrival): string => {
  const plesk = params.get('PLESKSESSID') ?? '';
  return plesk === '' ? (params.get('PHPSESSID') ?? '') : plesk;
};

const pathOf = ({ url }: VisitArrival): string => url.split('?', 1)[0] ?? '';

function tokenForm(arrival: VisitArrival): readonly string[] {
  const token = tokenOf(arrival);
  if (token === '' || arrival.outcome !== 'login failed') return [];
  const form = formOfToken(token);
  return form === undefined ? ['explain(token) tells its whole life'] : [`the token cannot be one: ${form}`];
}

function misplacedToken(arrival: VisitArrival): readonly string[] {
  const { params, headers, outcome } = arrival;
  if (outcome === 'not found') return [];
  const path = pathOf(arrival);
  const named = [...params.keys()].find((name) => TOKENS.includes(name.toUpperCase()));
  if (path !== DOOR) return named === undefined ? [] : [`${named} is read at ${DOOR} alone`];
  if (outcome !== 'login failed' || tokenOf(arrival) !== '') return [];
  const other = [...params].find(([, value]) => formOfToken(value) === undefined)?.[0];
  if (other !== undefined) return [`${other} holds what looks like a token: it goes into PLESKSESSID`];
  const cookie = headers['cookie'];
  return typeof cookie === 'string' && /(?:PLESKSESSID|PHPSESSID)/.test(cookie)
    ? ['a token is a parameter of the URL or form, not a cookie']
    : [];
}

function wrongPath(arrival: VisitArrival): readonly string[] {
  const { outcome, params, release, isEmulated, method } = arrival;
  if (outcome !== 'not found') return [];
  const path = pathOf(arrival);
  if (!isEmulated)
    return path === '/enterprise/control/agent.php'
      ? [
          'a packet is the body of the POST itself, as text/xml: Plesk takes a multipart form for an upload of files',
        ]
      : [
          `Plesk has ${method} ${path}, the emulator does not: point this call of your client elsewhere in tests`,
        ];
  if ([...params.keys()].some((name) => TOKENS.includes(name.toUpperCase())))
    return [`a token is opened at ${DOOR}: do you mean that?`];
  const near = nearestPath(path, release);
  return near === undefined
    ? [`the paths here are ${pathsOf(release).join(', ')}`]
    : [`do you mean ${near}?`];
}

function cookieOfOtherScheme({ outcome, headers, isSecure, release }: VisitArrival): readonly string[] {
  const cookie = headers['cookie'];
  const { secure, plain } = release.cookies;
  if (outcome !== 'sent to the login page' || typeof cookie !== 'string' || secure === plain) return [];
  const names = cookie.split(';').map((pair) => pair.split('=', 1)[0]?.trim());
  const [wanted, other] = isSecure ? [secure, plain] : [plain, secure];
  if (names.includes(wanted) || !names.includes(other)) return [];
  const [here, there] = isSecure ? ['https', 'http'] : ['http', 'https'];
  return [
    `the browser logged in over ${there} (its cookie is ${other}) and asks over ${here}, where the cookie is ${wanted}`,
  ];
}

function wrongLogin({ reason = '', params, panel }: VisitArrival): readonly string[] {
  if (reason.includes('there is no account with this login'))
    return helpForLogin(params.get('login_name') ?? params.get('login') ?? '', panel);
  if (reason.includes('the account is suspended'))
    return [activationOf(params.get('login_name') ?? params.get('login') ?? '', panel)];
  return [];
}
