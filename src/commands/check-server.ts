import type { PleskServer } from '../directory/directory.ts';
import { PleskFailure } from '../plesk/failure.ts';
import type { Plesk, PleskIdentity } from '../plesk/plesk.ts';
import type { ReleaseName } from '../plesk/releases.ts';
import { RELEASES, releaseOf } from '../plesk/releases.ts';
import { adviceFor } from './check-advice.ts';

/** One thing that is to be said of a server; an error means that links to it do not work, or not as they should. */
export interface Finding {
  readonly level: 'ok' | 'note' | 'warning' | 'error';
  /** For programs: what it is about. */
  readonly code: string;
  readonly text: string;
}

/** Asks a Plesk for its release, and says where the entry is wrong and what to do. */
export async function checkServer(server: PleskServer, plesk: Plesk): Promise<readonly Finding[]> {
  try {
    const identity = await identify(server, plesk);
    return [...releaseFindings(server, identity), ...trustedHostsFindings(server)];
  } catch (error) {
    if (!(error instanceof PleskFailure)) throw error;
    return [{ level: 'error', code: error.code, text: `${adviceFor(error, server)} (${error.message})` }];
  }
}

/** A Plesk that is older than its entry refuses the packet for its version; each understands those before it. */
async function identify(server: PleskServer, plesk: Plesk): Promise<PleskIdentity> {
  try {
    return await plesk.identify(server);
  } catch (error) {
    if (!(error instanceof PleskFailure) || error.errcode !== VERSION_NOT_SUPPORTED) throw error;
    return plesk.identify({ ...server, release: RELEASES[0].name });
  }
}

const VERSION_NOT_SUPPORTED = 1005;

function releaseFindings(server: PleskServer, { version, hostName }: PleskIdentity): readonly Finding[] {
  const { id, release } = server;
  const actual = releaseIn(version);
  if (actual === undefined) {
    const text = `it is Plesk ${version}, and the oldest that is known here is ${RELEASES[0].name}`;
    return [{ level: 'error', code: 'release_unknown', text }];
  }
  if (actual !== release) {
    const text = `it is Plesk ${version}, and its entry says ${release}; run: plesk-sso servers set ${id} --release ${actual}`;
    return [{ level: 'error', code: 'release_differs', text }];
  }
  const answers: Finding = {
    level: 'ok',
    code: 'answers',
    text: `${hostName} answers as Plesk ${version}, as its entry says`,
  };
  if (`${version}.`.startsWith(`${release}.`)) return [answers];
  const text = `Plesk ${version} is not known here; it is treated as ${release}, the nearest before it`;
  return [answers, { level: 'warning', code: 'release_newer', text }];
}

/** The row of a version such as 18.0.61: the newest that is not newer; none where it is older than all. */
function releaseIn(version: string): ReleaseName | undefined {
  const numbers = numbersOf(version);
  return RELEASES.findLast(({ name }) => compare(numbersOf(name), numbers) <= 0)?.name;
}

type Numbers = readonly [major: number, minor: number];

function numbersOf(version: string): Numbers {
  const [major, minor] = version.split('.').map(Number);
  return [major ?? 0, minor ?? 0];
}

const compare = ([major, minor]: Numbers, [otherMajor, otherMinor]: Numbers): number =>
  major - otherMajor || minor - otherMinor;

/** panel.ini cannot be read through the API. */
function trustedHostsFindings({ release, trustedRedirectHosts: hosts }: PleskServer): readonly Finding[] {
  const { success, failure } = releaseOf(release);
  if (success !== 'trusted-hosts' && failure !== 'trusted-hosts') return [];
  const says =
    hosts === undefined
      ? 'its entry has none, which is right where panel.ini has no such line'
      : hosts.length === 0
        ? 'its entry says that the line is there and empty'
        : `its entry says ${hosts.join(',')}`;
  const text = `trustedRedirectHosts cannot be read through the API: ${says}; compare it with [security] of its panel.ini`;
  return [{ level: 'note', code: 'trusted_redirect_hosts_unread', text }];
}
