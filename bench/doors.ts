import { CREATE_SESSION, SESSION_GET } from './agent-cases.ts';
import { LOGIN, PANEL_PAGE, REDIRECT } from './browser-cases.ts';
import type { Child, Nursery } from './child.ts';
import type { Figure } from './figures.ts';
import { figure, median } from './figures.ts';
import { ask } from './load.ts';
import type { Plan } from './plan.ts';
import type { Check, Sample } from './sample.ts';
import { microseconds, perSecond, sample } from './sample.ts';
import type { Case } from './wire.ts';
import { constantOf, isSameAnswer } from './wire.ts';

const CASES = [CREATE_SESSION, SESSION_GET, REDIRECT, LOGIN, PANEL_PAGE];
const YARDSTICKS = ['node:http', 'Express 5'] as const;
const CEILING_ROUNDS = 3;

/** One round: every server in turn. */
type Round = Readonly<Record<'emulator' | (typeof YARDSTICKS)[number], Sample>>;

/** How fast the emulator answers, as ratios to bare servers that send the very same answers. */
export async function* measureDoors(plan: Plan, nursery: Nursery): AsyncGenerator<Figure> {
  for (const what of CASES) yield* measure(what, plan, nursery);
}

async function* measure(what: Case, plan: Plan, nursery: Nursery): AsyncGenerator<Figure> {
  const { node, module, requests } = plan;
  const emulator = await nursery.start(node, { kind: 'emulator', module, options: {} });
  const [probe = Buffer.alloc(0)] = await what.requests(1, emulator);
  const sent = await ask(emulator.ready.port, probe);
  const answer = constantOf(sent);
  const http = await nursery.start(node, { kind: 'http', answer });
  const express = await nursery.start(node, { kind: 'express', answer, module: plan.express });
  const raw = await nursery.start(node, { kind: 'raw', answer });
  for (const [index, server] of [http, express].entries()) {
    const repeated = await ask(server.ready.port, probe);
    if (!isSameAnswer(repeated, sent))
      throw new Error(
        `${YARDSTICKS[index] ?? ''} answers ${what.name} otherwise:\n${repeated}\nnot\n${sent}`,
      );
  }

  const onConstant = (server: Child): Promise<Sample> => {
    const end = `\r\n\r\n${Buffer.from(answer.body).toString('latin1')}`;
    const check: Check = (text) =>
      text.startsWith(`HTTP/1.1 ${answer.status} `) && text.endsWith(end)
        ? undefined
        : 'the constant answer is another';
    return sample(server, new Array<Buffer>(requests).fill(probe), check);
  };
  const servers: Readonly<Record<keyof Round, () => Promise<Sample>>> = {
    emulator: async () => {
      await emulator.reset();
      const made = await what.requests(requests, emulator);
      return sample(emulator, made, (text, index) => what.check(text, made[index] ?? probe, emulator));
    },
    'node:http': () => onConstant(http),
    'Express 5': () => onConstant(express),
  };

  // Compilers and caches warm up; two rounds suffice for ratios that no longer move.
  for (let round = 0; round < 2; round += 1) await inTurn(servers, round);
  const ceiling: Sample[] = [];
  for (let round = 0; round <= CEILING_ROUNDS; round += 1) ceiling.push(await onConstant(raw));
  raw.stop();
  const rounds: Round[] = [];
  for (let round = 0; round < plan.rounds; round += 1) rounds.push(await inTurn(servers, round));
  for (const server of [emulator, http, express]) server.stop();
  yield* figures(what, emulator.ready.node, rounds, median(ceiling.slice(1).map(({ rate }) => rate)));
}

/** Each is first in every third round. */
async function inTurn(
  servers: Readonly<Record<keyof Round, () => Promise<Sample>>>,
  round: number,
): Promise<Round> {
  const names: (keyof Round)[] = ['emulator', ...YARDSTICKS];
  const samples: Partial<Record<keyof Round, Sample>> = {};
  for (let index = 0; index < names.length; index += 1) {
    const name = names[(index + round) % names.length] ?? 'emulator';
    samples[name] = await servers[name]();
  }
  return samples as Round;
}

function* figures(what: Case, node: string, rounds: readonly Round[], ceiling: number): Generator<Figure> {
  const own = rounds.map(({ emulator }) => emulator);
  for (const yardstick of YARDSTICKS) {
    const bare = rounds.map((round) => round[yardstick]);
    const cpu = rounds.map((round) => round[yardstick].cpu / round.emulator.cpu);
    const isDoubtful = ceiling < median(bare.map(({ rate }) => rate)) * 1.1;
    const notes = [
      `${perSecond(own)} against ${perSecond(bare)} a second`,
      `CPU ${microseconds(own)} against ${microseconds(bare)} us, ${median(cpu).toFixed(2)}`,
      ...(isDoubtful ? ['the load generator is hardly faster: trust the CPU'] : []),
    ];
    yield figure(
      {
        what: `${what.name}, of ${yardstick}`,
        node,
        unit: 'times',
        note: notes.join('; '),
        ...(yardstick === 'node:http' && what.aim !== undefined ? { aim: { atLeast: what.aim } } : {}),
      },
      rounds.map((round) => round.emulator.rate / round[yardstick].rate),
    );
  }
}
