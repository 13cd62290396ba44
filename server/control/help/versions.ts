import { newerThanSchema } from '../../operations/catalogue.ts';
import { packetSchema } from '../../operations/packet-schema.ts';
import { spokenBy } from '../../protocol/versions/protocols.ts';
import { RELEASES } from '../../protocol/versions/releases.ts';
import type { Case } from './case.ts';
import { anyOf } from './words.ts';

/** Help for a packet version that the release does not speak. */
export function helpForVersion({ arrival }: Case): readonly string[] {
  const { answered, release } = arrival;
  const asked = answered?.version ?? '';
  const versions = spokenBy(release).map(({ version }) => version);
  const speaking = RELEASES.filter((row) => spokenBy(row).some(({ version }) => version === asked));
  const near = likest(asked, versions);
  const who = speaking.map(({ plesk }) => plesk);
  return [
    `Plesk ${release.plesk} speaks ${String(versions[0])} to ${release.protocol}; a packet without a version is taken for ${release.protocol}`,
    who.length > 0
      ? `version ${asked} is spoken by Plesk ${anyOf(who)}: start the emulator as one of them, or settings.set({ plesk: '${String(who[0])}' })`
      : `do you mean ${near}?`,
  ];
}

/** The version that begins most as another does; the latest of several. */
function likest(asked: string, versions: readonly string[]): string {
  const common = (version: string): number => {
    let length = 0;
    while (length < version.length && version[length] === asked[length]) length += 1;
    return length;
  };
  const most = Math.max(...versions.map(common));
  return versions.findLast((version) => common(version) === most) ?? '';
}

/** Help for an operation that the packet's version does not have. */
export function helpForUnsupported({ arrival, performed }: Case): readonly string[] {
  if (performed === undefined) return [];
  const { name } = performed;
  const [operator = '', operation = ''] = name.split('/');
  const newest = spokenBy(RELEASES[RELEASES.length - 1] ?? arrival.release);
  const has = (spoken: ReturnType<typeof spokenBy>): readonly string[] =>
    spoken.flatMap((protocol) => {
      const { operations, dropped, version } = packetSchema(protocol, spoken);
      const known = operations.get(operator);
      const isThere = known === 'any' || known?.has(operation) === true;
      return isThere && !dropped.has(name) ? [version] : [];
    });
  const here = has(spokenBy(arrival.release));
  if (here.length > 0)
    return [
      `${name} is in packets of version ${here[0] === here.at(-1) ? '' : `${String(here[0])} to `}${String(here.at(-1))} here; this one says ${arrival.answered?.version ?? 'none'}`,
    ];
  const elsewhere = RELEASES.filter((row) => has(spokenBy(row)).length > 0).map(({ plesk }) => plesk);
  const versions = has(newest);
  return elsewhere.length === 0
    ? []
    : [
        `${name} is an operation of Plesk ${anyOf(elsewhere)}${versions[0] === undefined ? '' : `, from packet version ${versions[0]} on`}`,
      ];
}

/** Help for an operation that Plesk has and the emulator has not. */
export function helpForNotEmulated({ performed }: Case): readonly string[] {
  if (performed === undefined) return [];
  const [operator = '', name = ''] = performed.name.split('/');
  const since = newerThanSchema(operator, name);
  return [
    ...(since === undefined
      ? []
      : [
          `${performed.name} is newer than the published schema of 1.6.6.0: it came with packet version ${since}`,
        ]),
    `a fault can answer in its place: faults.add({ operation: '${performed.name}', fault: 'errcode', errcode: 1023 }), with the errcode and errtext that your test needs`,
  ];
}
