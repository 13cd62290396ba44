import { execFileSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { browse, doorUrl, sentBack } from '../support/browse.ts';
import { DEMO } from '../support/emulator.ts';
import type { Program } from '../support/program.ts';
import { startProgram } from '../support/program.ts';
import { folder } from '../support/tools.ts';
import { inServer, post, resultsIn, sessionPacket, tokenIn } from '../support/wire.ts';

const VERSION = (JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string }).version;
const READY = /^Ready (http:\/\/\S+)$/m;

/** Where the program is built; inside the project, since it looks for the seeds in its package. */
let bins = '';

beforeAll(() => {
  mkdirSync('.vitest', { recursive: true });
  bins = mkdtempSync(resolve('.vitest/built-'));
  execFileSync(process.execPath, ['scripts/build.js', '--quiet', '--bin-only', bins]);
}, 60_000);

afterAll(() => {
  rmSync(bins, { recursive: true, force: true });
});

/** The program as a user has it: started by its name, which is a link, as in node_modules/.bin. */
interface Built extends Program {
  /** The files of the bundle that it has read, once it has ended. */
  readonly loaded: () => readonly string[];
}

function startBuilt(args: readonly string[], env: Readonly<Record<string, string>> = {}): Built {
  const [bin, coverage] = [join(folder('bin'), 'plesk-emulator'), folder('coverage')];
  symlinkSync(join(bins, 'plesk-emulator.cjs'), bin);
  // Node itself writes there which scripts it has read.
  const program = startProgram(args, { ...env, NODE_V8_COVERAGE: coverage }, [bin]);
  const report = (): string =>
    readdirSync(coverage)
      .map((name) => readFileSync(join(coverage, name), 'utf8'))
      .join();
  return { ...program, loaded: () => programFiles().filter((name) => report().includes(`/${name}"`)) };
}

/** The program and the libraries beside it. */
const programFiles = (): readonly string[] =>
  readdirSync(bins)
    .filter((name) => name.endsWith('.cjs') && name !== 'plesk-sso.cjs')
    .toSorted();

/** The program with these libraries. */
const filesOf = (libraries: readonly string[]): readonly string[] =>
  ['plesk-emulator', ...libraries].map((name) => `${name}.cjs`).toSorted();

/** An emulator that the built program runs, as the helpers for packets want it. */
interface Running {
  readonly url: string;
  readonly admin: { readonly login: string; readonly password: string };
}

/** One run of the built program: what is done with it, and what it has to print by the end. */
interface Run {
  readonly args: readonly string[];
  /** The libraries that this needs, and no other. */
  readonly needs: readonly string[];
  readonly act: (plesk: Running, printed: string) => Promise<unknown>;
  readonly stdout?: RegExp;
  readonly stderr?: RegExp;
}

async function logIn(plesk: Running, login = 'admin'): Promise<string> {
  const PLESKSESSID = tokenIn(await post(plesk, sessionPacket(login)));
  const door = await browse(doorUrl(plesk.url, { PLESKSESSID }));
  expect(door.status).toBe(303);
  return sentBack(door);
}

/** The last lines, which are written as it ends. */
const LOGGED = /create_session ok, for admin at 127\.0\.0\.1[^]*logged in as admin/;

const RUNS: Readonly<Record<string, Run>> = {
  'logs a packet and a login for people': {
    args: ['--log', 'pretty'],
    needs: ['pino', 'pino-pretty'],
    act: (plesk) => logIn(plesk),
    stdout: LOGGED,
  },
  'logs a packet and a login for machines': {
    args: ['--log', 'json'],
    needs: ['pino'],
    act: (plesk) => logIn(plesk),
    stdout: new RegExp(`^(\\{.*\\}\n)*\\{.*${LOGGED.source}.*\\}\n$`),
    stderr: READY,
  },
  'shows a page to whoever is in': {
    args: ['--log', 'off'],
    needs: ['express'],
    act: async (plesk) => {
      const page = await browse(`${plesk.url}/admin/`, { cookie: await logIn(plesk) });
      expect(page).toMatchObject({
        status: 200,
        body: expect.stringContaining('data-plesk-user="admin"') as string,
      });
    },
  },
  'reads a multipart form': {
    args: ['--log', 'off'],
    needs: ['busboy'],
    act: async ({ url }) => {
      const body = new FormData();
      for (const [name, value] of Object.entries({ login_name: 'admin', passwd: DEMO.admin.password })) {
        body.set(name, value);
      }
      const response = await fetch(`${url}/login_up.php`, { method: 'POST', body, redirect: 'manual' });
      expect(response.headers.get('location')).toBe(`${url}/admin/`);
    },
  },
  'has the accounts of the seed that comes with it': {
    args: ['--log', 'off', '--seed', 'demo'],
    needs: ['zod'],
    act: (plesk) => logIn(plesk, 'carl'),
  },
  'answers over HTTPS, and the commands find it': {
    args: ['--log', 'off', '--https', '--https-port', '0'],
    needs: [],
    act: async ({ url }, printed) => {
      const secure = /https:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? '';
      const { body: ca } = await browse(`${url}/_emulator/ca.pem`);
      expect((await browse(`${secure}/_emulator/health`, { ca })).status).toBe(200);
      for (const command of ['wait', 'health']) {
        const asked = startBuilt([command, '--url', secure]);
        expect(await asked.ended).toMatchObject({
          code: 0,
          stderr: '',
          stdout: expect.stringContaining(VERSION) as string,
        });
        expect(asked.loaded()).toEqual(['plesk-emulator.cjs']);
      }
      const cache = folder('cache');
      const asked = startBuilt(['env', '--url', url], { XDG_CACHE_HOME: cache });
      const { code, stdout, stderr } = await asked.ended;
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const file = /^export NODE_EXTRA_CA_CERTS='(.*)'$/m.exec(stdout)?.[1] ?? '';
      expect(readFileSync(file, 'utf8')).toBe(ca);
    },
  },
};

it.each(Object.entries(RUNS))('%s', async (_what, { args, needs, act, stdout, stderr }) => {
  const program = startBuilt([
    '--http-port',
    '0',
    ...(args.includes('--https') ? [] : ['--no-https']),
    ...args,
  ]);
  const printed = await program.printed(READY);

  await act({ url: READY.exec(printed)?.[1] ?? '', admin: DEMO.admin }, printed);
  program.kill('SIGTERM');

  const ended = await program.ended;
  expect(ended).toMatchObject({ code: 0, signal: null });
  expect(ended.stdout).toMatch(stdout ?? READY);
  if (stderr === undefined) expect(ended.stderr).toBe('');
  else expect(ended.stderr).toMatch(stderr);
  expect(program.loaded()).toEqual(filesOf(needs));
});

const STATE_NEEDS = ['lowdb', 'zod'];

it('keeps its state in a file, from a seed in a file', async () => {
  const files = folder('state');
  const [seed, state] = [join(files, 'seed.json'), join(files, 'state.json')];
  writeFileSync(seed, JSON.stringify({ accounts: [{ login: 'anna', password: '12345', role: 'customer' }] }));
  const args = ['--http-port', '0', '--no-https', '--log', 'off', '--seed', seed, '--state', state];
  const setting = inServer('<set><session_setup><login_timeout>7</login_timeout></session_setup></set>');

  for (const packet of [setting, inServer('<get><session_setup/></get>')]) {
    const program = startBuilt(args);
    const plesk = { url: READY.exec(await program.printed(READY))?.[1] ?? '', admin: DEMO.admin };
    const answer = await post(plesk, packet);
    expect(resultsIn(answer)).toEqual(['ok']);
    if (packet !== setting) expect(answer).toContain('<login_timeout>7</login_timeout>');
    await logIn(plesk, 'anna');
    program.kill('SIGTERM');
    expect(await program.ended).toMatchObject({ code: 0, stderr: '' });
    expect(program.loaded()).toEqual(filesOf(STATE_NEEDS));
  }
});

const SEED_NEEDS = ['yaml', 'zod'];

it('writes a seed in YAML, and starts with it', async () => {
  const seed = join(folder('seed'), 'plesk-seed.yaml');
  const init = startBuilt(['init', seed]);
  expect(await init.ended).toMatchObject({ code: 0, stderr: '' });
  expect(init.loaded()).toEqual(filesOf(['zod']));

  const program = startBuilt(['--http-port', '0', '--no-https', '--log', 'off', '--seed', seed]);
  const plesk = { url: READY.exec(await program.printed(READY))?.[1] ?? '', admin: DEMO.admin };
  await logIn(plesk, 'carl');
  program.kill('SIGTERM');

  expect(await program.ended).toMatchObject({ code: 0, stderr: '' });
  expect(program.loaded()).toEqual(filesOf(SEED_NEEDS));
});

it('has no library beside it that none of these runs needs', () => {
  const needed = new Set([
    ...STATE_NEEDS,
    ...SEED_NEEDS,
    ...Object.values(RUNS).flatMap(({ needs }) => needs),
  ]);

  expect(filesOf([...needed])).toEqual(programFiles());
});

it.each([
  ['--version', new RegExp(`^${VERSION.replaceAll('.', '\\.')}\n$`)],
  ['--help', new RegExp(`^plesk-emulator ${VERSION.replaceAll('.', '\\.')}: [^]*--https-port N`)],
])('answers %s with the version of the package', async (flag, words) => {
  const { code, stdout, stderr } = await startBuilt([flag]).ended;

  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  expect(stdout).toMatch(words);
});

it('ends with 2 and words where its settings are wrong', async () => {
  const { code, stdout, stderr } = await startBuilt(['--htps']).ended;

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toBe('plesk-emulator: Settings are wrong:\n  --htps is not known; do you mean --https?\n');
});
