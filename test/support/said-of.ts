import type { Emulator } from '../../server/emulator.ts';
import { post } from './wire.ts';

/** What an emulator says of a packet that breaks its schema, as `checkXsd` says it; `undefined` of others. */
async function violationSaid(plesk: Emulator, packet: string): Promise<string | undefined> {
  const answer = await post(plesk, packet);
  const said = /Error in (line \d+: [^]*)<\/errtext>/.exec(answer)?.[1];
  return said
    ?.replaceAll('&quot;', '"')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replaceAll('&amp;', '&');
}

/** A packet of which our emulator and Plesk's schema say different things. */
export interface Difference {
  readonly packet: string;
  readonly ours: string | undefined;
  readonly theirs: string | undefined;
}

/** So many show what is wrong. */
const ENOUGH = 20;

/** The first packets of which an emulator says other things than `theirs`, which is in their order. */
export async function differencesOf(
  plesk: Emulator,
  packets: readonly string[],
  theirs: readonly (string | undefined)[],
): Promise<readonly Difference[]> {
  const differences: Difference[] = [];
  for (const [index, packet] of packets.entries()) {
    if (differences.length === ENOUGH) break;
    const ours = await violationSaid(plesk, packet);
    if (ours !== theirs[index]) differences.push({ packet, ours, theirs: theirs[index] });
    // What a valid packet did is of no account, and accounts without end would make the next one slow.
    if (ours === undefined) await plesk.reset();
  }
  return differences;
}
