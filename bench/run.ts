// Measures what the emulator and the token service cost, side by side with what they are held against, and says what
// falls short.
//
//   npm run bench -- [--only doors,control,accounts,start,memory,sso] [--node PATH]... [--rounds N] [--requests N]
//                    [--sessions N] [--against FILE] [--json FILE] [--no-build]
//
// --against names the dist/server/emulator.js of another build, that the control's part is held against.
import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { cpus, loadavg } from 'node:os';
import { resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { measureAccounts } from './accounts.ts';
import type { Nursery } from './child.ts';
import { openNursery } from './child.ts';
import { measureControl } from './control.ts';
import { measureDoors } from './doors.ts';
import type { Figure } from './figures.ts';
import { measureMemory } from './memory.ts';
import type { Plan } from './plan.ts';
import { digits, report } from './report.ts';
import { measureSso } from './sso.ts';
import { measureLinks } from './sso-memory.ts';
import { measureInProcess, measureProgram } from './start.ts';
import { measureStateFile } from './state-file.ts';

const ROOT = new URL('../', import.meta.url);
const DIST = new URL('dist/', ROOT);
const MODULE = new URL('server/emulator.js', DIST);
const PROGRAM = new URL('bin/plesk-emulator.cjs', DIST);

type Part = (plan: Plan, nursery: Nursery) => AsyncGenerator<Figure>;
const PARTS: Readonly<Record<string, readonly Part[]>> = {
  doors: [measureDoors],
  control: [measureControl],
  accounts: [measureAccounts, measureStateFile],
  start: [measureProgram, measureInProcess],
  memory: [measureMemory],
  sso: [measureSso, measureLinks],
};

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      only: { type: 'string', default: Object.keys(PARTS).join() },
      node: { type: 'string', multiple: true, default: [process.execPath] },
      rounds: { type: 'string', default: '15' },
      requests: { type: 'string', default: '8000' },
      sessions: { type: 'string', default: '1000000' },
      against: { type: 'string' },
      json: { type: 'string' },
      'no-build': { type: 'boolean', default: false },
    },
  });
  const parts = values.only.split(',').flatMap((name) => {
    const part = PARTS[name];
    if (part === undefined) throw new Error(`--only takes ${Object.keys(PARTS).join()}, not '${name}'`);
    return part;
  });
  const counts = {
    rounds: count('--rounds', values.rounds),
    requests: count('--requests', values.requests),
    sessions: count('--sessions', values.sessions, 1000),
  };
  if (!values['no-build']) await buildDist();
  if (!existsSync(MODULE)) throw new Error('dist/ is not built; leave --no-build out');

  const machine = { date: new Date().toISOString(), processor: cpus()[0]?.model, cores: cpus().length };
  const loadBefore = loadavg();
  const nursery = await openNursery();
  endWith(nursery);
  const figures: Figure[] = [];
  try {
    for (const node of values.node) {
      const version = execFileSync(node, ['-p', 'process.version'], { encoding: 'utf8' }).trim();
      const plan = {
        node,
        version,
        root: DIST.href,
        module: MODULE.href,
        against: values.against === undefined ? undefined : pathToFileURL(resolve(values.against)).href,
        program: fileURLToPath(PROGRAM),
        express: import.meta.resolve('express'),
        ioredis: import.meta.resolve('ioredis'),
        ...counts,
      };
      for (const part of parts) {
        for await (const figure of part(plan, nursery)) {
          figures.push(figure);
          console.error(`Node ${version}, ${figure.what}: ${digits(figure.value)} ${figure.unit}`);
        }
      }
    }
  } finally {
    await nursery.end();
  }
  console.log(report(figures));
  if (values.json !== undefined) {
    const all = { ...machine, load: [loadBefore, loadavg()], ...counts, figures };
    await writeFile(values.json, `${JSON.stringify(all, null, 2)}\n`);
  }
}

function count(flag: string, text: string, least = 1): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= least) return number;
  throw new Error(`${flag} is a number from ${least} on, not '${text}'`);
}

/** Nothing outlives a run that somebody ends. */
function endWith(nursery: Nursery): void {
  for (const [signal, code] of [
    ['SIGINT', 130],
    ['SIGTERM', 143],
  ] as const) {
    process.once(signal, () => void nursery.end().finally(() => process.exit(code)));
  }
}

/** What is measured runs from dist/, as an installed package does. */
async function buildDist(): Promise<void> {
  const script = fileURLToPath(new URL('scripts/build.js', ROOT));
  const building = spawn(process.execPath, [script, '--quiet'], { stdio: 'inherit' });
  const [code] = (await once(building, 'exit')) as [number | null];
  if (code !== 0) throw new Error('dist/ could not be built');
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
