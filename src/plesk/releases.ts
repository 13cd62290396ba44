/** What decides where an absolute URL may lead, in a release of Plesk; plesk-protocol.md, 6.16. */
export type HostRule = 'initiating-host' | 'any' | 'trusted-hosts';

/** What the service has to know of a release of Plesk. */
export interface Release {
  readonly name: string;
  /** The packet version it is asked in: its own. */
  readonly packet: string;
  /** Whether success_redirect_url may be a path. */
  readonly takesPaths: boolean;
  readonly success: HostRule;
  readonly failure: HostRule;
  /** Whether it has session/terminate. */
  readonly endsSessions: boolean;
}

const UP_TO_12_0 = {
  takesPaths: false,
  success: 'initiating-host',
  failure: 'initiating-host',
  endsSessions: false,
} as const;
const OF_17 = { takesPaths: true, success: 'any', failure: 'trusted-hosts', endsSessions: true } as const;

/** Oldest first. */
export const RELEASES = [
  { name: '10.4', packet: '1.6.3.4', ...UP_TO_12_0 },
  { name: '11.0', packet: '1.6.3.5', ...UP_TO_12_0 },
  { name: '11.5', packet: '1.6.5.0', ...UP_TO_12_0 },
  { name: '12.0', packet: '1.6.6.0', ...UP_TO_12_0, endsSessions: true },
  { name: '12.5', packet: '1.6.7.0', takesPaths: true, success: 'any', failure: 'any', endsSessions: true },
  { name: '17.0', packet: '1.6.8.0', ...OF_17 },
  { name: '17.5', packet: '1.6.9.0', ...OF_17 },
  { name: '17.8', packet: '1.6.9.1', ...OF_17 },
  { name: '18.0', packet: '1.6.9.1', ...OF_17, success: 'trusted-hosts' },
] as const satisfies readonly Release[];

export type ReleaseName = (typeof RELEASES)[number]['name'];

/** The releases that a server of the directory may have. */
export const RELEASE_NAMES: readonly ReleaseName[] = RELEASES.map(({ name }) => name);

/** The row of a release. */
export function releaseOf(name: ReleaseName): Release {
  const found = RELEASES.find((release) => release.name === name);
  if (found === undefined) throw new Error(`no release ${name}`);
  return found;
}
