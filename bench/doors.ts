import { CREATE_SESSION, SESSION_GET } from './agent-cases.ts';
import { LOGIN, PANEL_PAGE, REDIRECT } from './browser-cases.ts';
import type { Nursery } from './child.ts';
import type { Figure } from './figures.ts';
import { figure, median } from './figures.ts';
import { ask } from './load.ts';
import type { Plan } from './plan.ts';
import type { Round } from './rounds.ts';
import { ceilingOf, checkSame, roundsOf, sampleConstant } from './rounds.ts';
import { microseconds, perSecond, sample } from './sample.ts';
import type { Case } from './wire.ts';
import { constantOf } from './wire.ts';

const CASES = [CREATE_SESSION, SESSION_GET, REDIRECT, LOGIN, PANEL_PAGE];
const YARDSTICKS = ['node:http', 'Express 5'] as const;
type Name = 'emulator' | (typeof YARDSTICKS)[number];

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
  await checkSame(`node:http for ${what.name}`, http, probe, sent);
  await checkSame(`Express 5 for ${what.name}`, express, probe, sent);

  const ceiling = await ceilingOf(raw, answer, probe, requests);
  const rounds = await roundsOf<Name>(
    {
      emulator: async () => {
        await emulator.reset();
        const made = await what.requests(requests, emulator);
        return sample(emulator, made, (text, index) => what.check(text, made[index] ?? probe, emulator));
      },
      'node:http': () => sampleConstant(http, answer, probe, requests),
      'Express 5': () => sampleConstant(express, answer, probe, requests),
    },
    plan.rounds,
  );
  for (const server of [emulator, http, express]) server.stop();
  yield* figures(what, emulator.ready.node, rounds, ceiling);
}

function* figures(
  what: Case,
  node: string,
  rounds: readonly Round<Name>[],
  ceiling: number,
): Generator<Figure> {
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
