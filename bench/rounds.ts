import type { Child } from './child.ts';
import { median } from './figures.ts';
import { ask } from './load.ts';
import type { Answer } from './messages.ts';
import type { Check, Sample } from './sample.ts';
import { sample } from './sample.ts';
import { isSameAnswer } from './wire.ts';

/** Servers by their names, each of which answers one round's requests. */
export type Servers<Name extends string> = Readonly<Record<Name, () => Promise<Sample>>>;

/** One round: every server in turn. */
export type Round<Name extends string> = Readonly<Record<Name, Sample>>;

const WARM_UPS = 2;
const CEILING_ROUNDS = 3;

/** Rounds of all servers; compilers and caches warm up before: two rounds suffice for ratios that no longer move. */
export async function roundsOf<Name extends string>(
  servers: Servers<Name>,
  count: number,
): Promise<readonly Round<Name>[]> {
  const rounds: Round<Name>[] = [];
  for (let round = 0; round < WARM_UPS + count; round += 1) rounds.push(await inTurn(servers, round));
  return rounds.slice(WARM_UPS);
}

/** Each is first in its turn. */
async function inTurn<Name extends string>(servers: Servers<Name>, round: number): Promise<Round<Name>> {
  const names = Object.keys(servers) as Name[];
  const first = round % names.length;
  const samples: Partial<Record<Name, Sample>> = {};
  for (const name of [...names.slice(first), ...names.slice(0, first)]) samples[name] = await servers[name]();
  return samples as Round<Name>;
}

/** Has a server give its constant answer so many times. */
export function sampleConstant(
  server: Child,
  answer: Answer,
  probe: Buffer,
  requests: number,
): Promise<Sample> {
  const end = `\r\n\r\n${Buffer.from(answer.body).toString('latin1')}`;
  const check: Check = (text) =>
    text.startsWith(`HTTP/1.1 ${answer.status} `) && text.endsWith(end)
      ? undefined
      : 'the constant answer is another';
  return sample(server, new Array<Buffer>(requests).fill(probe), check);
}

/** Answers a second of a server that does nothing at all, which ends then: more the load generator cannot ask for. */
export async function ceilingOf(
  raw: Child,
  answer: Answer,
  probe: Buffer,
  requests: number,
): Promise<number> {
  const samples: Sample[] = [];
  for (let round = 0; round <= CEILING_ROUNDS; round += 1)
    samples.push(await sampleConstant(raw, answer, probe, requests));
  raw.stop();
  return median(samples.slice(1).map(({ rate }) => rate));
}

/** Refuses a yardstick that does not send the very same answer. */
export async function checkSame(name: string, server: Child, probe: Buffer, sent: string): Promise<void> {
  const repeated = await ask(server.ready.port, probe);
  if (!isSameAnswer(repeated, sent)) throw new Error(`${name} answers otherwise:\n${repeated}\nnot\n${sent}`);
}
