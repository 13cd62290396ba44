import { nearestName } from '../../base/nearest.ts';
import type { Panel } from '../state/panel.ts';
import { findAccount } from './calls/accounts.ts';
import { thereAre } from './calls/call.ts';
import { ControlError } from './control-error.ts';
import { needsAnswer } from './fault-rules.ts';
import type { FaultInput } from './fault-types.ts';

const AGENT = '/enterprise/control/agent.php';

/** Where Plesk answers; the last two stand for all below them. */
const PATHS = [
  AGENT,
  '/enterprise/rsession_init.php',
  '/login_up.php',
  '/login_up.php3',
  '/login.php',
  '/logout.php',
  '/',
  '/admin',
  '/smb',
];
const AREAS = ['/admin/', '/smb/'];

/** What is wrong with a rule whose fields are right each by itself. */
export function mistakesIn(fault: FaultInput, panel: Panel): ControlError | undefined {
  if (fault.login !== undefined) findAccount(fault.login, panel, 'login');
  if (fault.fault === 'certificate') return withoutOwnCertificate(panel);
  const mistakes = [
    ...(fault.path === undefined ? [] : wrongPath(fault.path)),
    ...wrongPlace(fault),
    ...wrongOrder(fault),
  ];
  return mistakes.length === 0 ? undefined : new ControlError(400, mistakes);
}

function withoutOwnCertificate({ settings: { https, tlsCert } }: Panel): ControlError | undefined {
  if (!https)
    return new ControlError(409, ['fault: HTTPS is off (setting https), so nothing has a certificate']);
  if (tlsCert === undefined) return undefined;
  const why = 'the certificate is your own (setting tlsCert), and the CA of the emulator makes the bad ones';
  return new ControlError(409, [`fault: ${why}`]);
}

function wrongPath(path: string): readonly string[] {
  const start = path.endsWith('*') ? path.slice(0, -1) : undefined;
  const isThere =
    start === undefined
      ? PATHS.includes(path) || AREAS.some((area) => path.startsWith(area))
      : [...PATHS, ...AREAS].some((one) => one.startsWith(start)) ||
        AREAS.some((area) => start.startsWith(area));
  if (isThere && !path.includes('?')) return [];
  if (path.includes('?')) return ['path: a rule asks for a path without its query'];
  const all = [...PATHS, ...AREAS.map((area) => `${area}*`)];
  return [`path: Plesk has no '${path}' here;${thereAre(all, nearestName(path, PATHS))}`];
}

/** Packets come on one path, and all else has no operations. */
function wrongPlace({ fault, operation, path = AGENT }: FaultInput): readonly string[] {
  const isForPackets = path === AGENT || (path.endsWith('*') && AGENT.startsWith(path.slice(0, -1)));
  if (isForPackets) return [];
  if (operation !== undefined)
    return [`operation: only packets have operations, and they come on ${AGENT}, not on ${path}`];
  return fault === 'errcode' ? [`path: only packets have an errcode, and they come on ${AGENT}`] : [];
}

function wrongOrder(fault: FaultInput): readonly string[] {
  if (fault.afterChange !== false || !needsAnswer(fault)) return [];
  return [
    `afterChange: ${fault.fault}${fault.fault === 'reset' ? ' in the middle' : ''} spoils a real answer, so what was ` +
      'asked for is always done; leave afterChange out, or say true',
  ];
}
