// Measures the two hot doors as a share of what bare node:http does in the same run.
//
//   npm run bench -- [--rounds N] [--requests N] [--node PATH]... [--json FILE] [--no-build]
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { CREATE_SESSION, REDIRECT } from './cases.ts';
import { openNursery } from './child.ts';
import { measure } from './measure.ts';
import type { Row } from './report.ts';
import { AIM, report, summary } from './report.ts';

const ROOT = new URL('../', import.meta.url);
const MODULE = new URL('dist/server/emulator.js', ROOT);

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      rounds: { type: 'string', default: '15' },
      requests: { type: 'string', default: '10000' },
      node: { type: 'string', multiple: true, default: [process.execPath] },
      json: { type: 'string' },
      'no-build': { type: 'boolean', default: false },
    },
  });
  const rounds = count('--rounds', values.rounds);
  const requests = count('--requests', values.requests);
  if (!values['no-build']) await buildDist();
  if (!existsSync(MODULE)) throw new Error('dist/ is not built; leave --no-build out');

  const nursery = await openNursery();
  const rows: Row[] = [];
  const all: unknown[] = [];
  try {
    for (const node of values.node) {
      for (const what of [CREATE_SESSION, REDIRECT]) {
        const measured = await measure(what, { node, module: MODULE.href, rounds, requests }, nursery);
        const row = summary(measured);
        rows.push(row);
        all.push({ ...row, rounds: measured.rounds });
        console.error(`${row.name} on Node ${row.node}: ${row.ratio.toFixed(2)}`);
      }
    }
  } finally {
    await nursery.end();
  }
  console.log(report(rows));
  if (values.json !== undefined) {
    await writeFile(
      values.json,
      `${JSON.stringify({ aim: AIM, rounds, requests, figures: all }, null, 2)}\n`,
    );
  }
}

function count(flag: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number > 0) return number;
  throw new Error(`${flag} is a number from 1 on, not '${text}'`);
}

/** The servers under test run from dist/, as an installed package does. */
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
