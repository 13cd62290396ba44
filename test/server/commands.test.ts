import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import type { AddressInfo, Server } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { env } from '../../server/commands/env.ts';
import { health } from '../../server/commands/health.ts';
import { wait } from '../../server/commands/wait.ts';
import { startEmulator } from '../../server/emulator.ts';
import { makeAuthority } from '../../server/http/tls/certificate.ts';
import { browse, serve } from '../support/browse.ts';
import { start } from '../support/emulator.ts';
import { runProgram, startProgram, TRUST } from '../support/program.ts';
import { folder, run } from '../support/tools.ts';

const READY = /^Ready (http:\/\/\S+)$/m;

/** A port of this machine, which is open until the test ends or closes it. */
async function openPort(server: Server = createServer()): Promise<{
  readonly port: number;
  readonly close: () => Promise<void>;
}> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void server.close());
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise((resolve) => {
        server.close(() => {
          resolve();
        });
      }),
  };
}

/** A URL where nobody listens. */
async function deadUrl(): Promise<string> {
  const { port, close } = await openPort();
  await close();
  return `http://127.0.0.1:${port}`;
}

/** A URL where connections are taken and nothing is said. */
async function silentUrl(): Promise<string> {
  const server = createServer((socket) => {
    socket.on('error', () => undefined);
    onTestFinished(() => void socket.destroy());
  });
  return `http://127.0.0.1:${(await openPort(server)).port}`;
}

/** A URL where an answer begins that goes on without end. */
const endlessUrl = (): Promise<string> =>
  serve((_request, response) => {
    response.writeHead(200).write(' ');
    const timer = setInterval(() => response.write(' '), 20);
    response.on('close', () => {
      clearInterval(timer);
    });
  });

const answering =
  (status: number, type: string, body: string): RequestListener =>
  (_request, response) => {
    response.writeHead(status, { 'Content-Type': type }).end(body);
  };

const otherUrl = (): Promise<string> =>
  serve(answering(200, 'text/html', '<!DOCTYPE html><title>Another server</title>'));
const unreadyUrl = (): Promise<string> => serve(answering(503, 'application/json', '{"ready":false}'));

/** Why there is no emulator to be had, by what is in its place. */
const NOT_THERE: readonly (readonly [what: string, url: () => Promise<string>, words: RegExp])[] = [
  ['nobody listens', deadUrl, /does not answer: connect ECONNREFUSED 127\.0\.0\.1:\d+\n$/],
  ['another server answers', otherUrl, /answers \(HTTP 200\), but is no plesk-emulator\n$/],
  [
    'JSON of another server answers',
    () => serve(answering(200, 'text/json', '[1]')),
    /is no plesk-emulator\n$/,
  ],
  ['an emulator is on its way up', unreadyUrl, /is not ready yet\n$/],
  ['nothing is said', silentUrl, /does not answer: no answer within \d+ ms\n$/],
  ['an answer goes on without end', endlessUrl, /does not answer: no answer within \d+ ms\n$/],
];

/** What a command prints that runs in this process. */
function printed(): { readonly stdout: () => string; readonly stderr: () => string } {
  const keep = (stream: NodeJS.WriteStream): (() => string) => {
    const spy = vi.spyOn(stream, 'write').mockReturnValue(true);
    return () => spy.mock.calls.map(([text]) => String(text)).join('');
  };
  return { stdout: keep(process.stdout), stderr: keep(process.stderr) };
}

describe('plesk-emulator wait', () => {
  it.each([
    ['HTTP', { https: false }],
    ['HTTPS, whose CA nobody has told it', { https: true }],
  ])('ends at once where an emulator is ready, over %s', async (_case, options) => {
    const { plesk } = await start({ ...options, plesk: '12.0' });
    const url = options.https ? plesk.httpsUrl : plesk.url;

    const { code, stdout, stderr } = await runProgram(['wait', '--url', url]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^https?:\/\/127\.0\.0\.1:\d+ is ready: Plesk 12\.0\.18, plesk-emulator \d\S+\n$/);
    expect(stdout.startsWith(`${url} `)).toBe(true);
  });

  it('ends when an emulator is ready that comes up later', async () => {
    let ask = (): void => undefined;
    const hasAsked = new Promise<void>((resolve) => (ask = resolve));
    const { port, close } = await openPort(
      createServer((socket) => {
        socket.on('error', () => undefined).destroy();
        ask();
      }),
    );
    const waiting = startProgram(['wait', '--url', `http://127.0.0.1:${port}`, '--timeout', '15s']);
    await hasAsked;
    await close();
    const plesk = await startEmulator({ httpPort: port });
    onTestFinished(() => plesk.close());

    expect(await waiting.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('asks again where a question gets no answer', async () => {
    let asked = 0;
    const body = '{"ready":true,"title":"Plesk","version":"1"}';
    const url = await serve((request, response) => {
      asked += 1;
      if (asked > 1) answering(200, 'application/json', body)(request, response);
    });
    const { stdout } = printed();

    expect(await wait({ args: ['--url', url], env: {} })).toBe(0);
    expect(stdout()).toBe(`${url} is ready: Plesk, plesk-emulator 1\n`);
    expect(asked).toBe(2);
  });

  it.each(NOT_THERE)('fails when the time is up, and says why, where %s', async (_what, where, words) => {
    const url = await where();
    const { stdout, stderr } = printed();
    const from = performance.now();

    expect(await wait({ args: ['--url', url, '--timeout', '300ms'], env: {} })).toBe(1);

    expect(stderr()).toMatch(words);
    expect(stderr().startsWith(`plesk-emulator: waited 300ms: ${url} `)).toBe(true);
    expect(stdout()).toBe('');
    expect(performance.now() - from).toBeLessThan(5000);
  });

  it('fails with 1 as a program', async () => {
    const url = await deadUrl();

    expect(await runProgram(['wait', '--url', url, '--timeout', '100ms'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/^plesk-emulator: waited 100ms: \S+ does not answer: \S.+\n$/) as string,
    });
  });

  it.each(['0s', '1ms', '100ms', '0.1s', '0.001m'])('takes %s for a time', async (time) => {
    const url = await deadUrl();
    const { stderr } = printed();

    expect(await wait({ args: ['--url', url], env: { PLESK_EMULATOR_TIMEOUT: time } })).toBe(1);
    expect(stderr()).toContain(`waited ${time}: `);
  });

  it.each([
    [['--timeout', '10'], "--timeout: '10' is no time, such as 10s, 500ms or 2m"],
    [['--timeout', 'soon'], "--timeout: 'soon' is no time"],
    [['--timeout='], "--timeout: '' is no time"],
    [['--timeout', '1h'], "--timeout: '1h' is no time"],
    [['--timeout', '1 s'], "--timeout: '1 s' is no time"],
    [['--timeout', '10S'], "--timeout: '10S' is no time"],
    [['--timeout', '1e3s'], "--timeout: '1e3s' is no time"],
    [['--timeout=-1s'], "--timeout: '-1s' is no time"],
    [['--timeout', '.5s'], "--timeout: '.5s' is no time"],
    [['--timeout'], '--timeout needs a value: --timeout TIME'],
    [['--url', '127.0.0.1:8880'], "--url: '127.0.0.1:8880' is no http(s) URL, such as http://127.0.0.1:8880"],
    [['--url', 'localhost:8880'], "--url: 'localhost:8880' is no http(s) URL"],
    [['--url', 'ftp://127.0.0.1'], "--url: 'ftp://127.0.0.1' is no http(s) URL"],
    [['--url='], "--url: '' is no http(s) URL"],
    [['--http-port', '1'], '--http-port is not known'],
    [['10s'], '10s is not expected here'],
  ])('refuses %j before it asks anybody', async (args, words) => {
    await expect(wait({ args, env: {} })).rejects.toMatchObject({
      name: 'SettingsError',
      mistakes: [expect.stringContaining(words)],
    });
  });

  it('names the variable where the time in it is none', async () => {
    await expect(wait({ args: [], env: { PLESK_EMULATOR_TIMEOUT: 'soon' } })).rejects.toMatchObject({
      mistakes: ["PLESK_EMULATOR_TIMEOUT: 'soon' is no time, such as 10s, 500ms or 2m"],
    });
  });

  it('ends with 2 as a program where it is used wrongly', async () => {
    const { code, stdout, stderr } = await runProgram(['wait', '--timeout', '10']);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain("--timeout: '10' is no time");
  });

  it.each([
    ['PLESK_EMULATOR_HTTP_PORT', (url: string) => new URL(url).port],
    ['PLESK_EMULATOR_URL', (url: string) => url],
  ])('finds the emulator of %s', async (variable, valueOf) => {
    const { plesk } = await start();
    const { stdout } = printed();

    expect(await wait({ args: [], env: { [variable]: valueOf(plesk.url) } })).toBe(0);
    expect(stdout().startsWith(`${plesk.url} is ready`)).toBe(true);
  });
});

describe('plesk-emulator health', () => {
  it.each([
    ['HTTP', { https: false }],
    ['HTTPS, whose CA nobody has told it', { https: true }],
  ])('prints what an emulator says of itself on one line, over %s', async (_case, options) => {
    const { plesk } = await start(options);
    const url = options.https ? plesk.httpsUrl : plesk.url;

    const { code, stdout, stderr } = await runProgram(['health', '--url', url]);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^.+\n$/);
    const { body } = await browse(`${plesk.url}/_emulator/health`);
    expect(JSON.parse(stdout)).toEqual(JSON.parse(body));
  });

  it.each(NOT_THERE)('fails, and says why, where %s', async (_what, where, words) => {
    const url = await where();
    const { stdout, stderr } = printed();

    expect(await health({ args: ['--url', url], env: {} })).toBe(1);

    expect(stderr()).toMatch(words);
    expect(stderr().startsWith(`plesk-emulator: ${url} `)).toBe(true);
    expect(stdout()).toBe('');
  });

  it('ends with 1 as a program where there is no emulator', async () => {
    expect(await runProgram(['health'], { PLESK_EMULATOR_URL: await deadUrl() })).toMatchObject({
      code: 1,
      stdout: '',
      stderr: expect.stringMatching(/does not answer/) as string,
    });
  });

  it.each([
    ['PLESK_EMULATOR_HTTP_PORT', 'abc', "'abc' is no whole number"],
    ['PLESK_EMULATOR_HTTP_PORT', '70000', '70000 is not within 0 and 65535'],
    ['PLESK_EMULATOR_HTTP_PORT', '0', '0 is any free port; name the emulator by --url'],
    ['PLESK_EMULATOR_URL', 'abc', "'abc' is no http(s) URL, such as http://127.0.0.1:8880"],
  ])('names the variable where %s is %s', async (variable, value, why) => {
    for (const command of [health, wait, env]) {
      await expect(command({ args: [], env: { [variable]: value } })).rejects.toMatchObject({
        name: 'SettingsError',
        mistakes: [`${variable}: ${why}`],
      });
    }
  });

  it('does not care for the variable of the port where it is given a URL', async () => {
    const { plesk } = await start();
    printed();

    expect(await health({ args: ['--url', plesk.url], env: { PLESK_EMULATOR_HTTP_PORT: 'abc' } })).toBe(0);
  });

  it('refuses what only wait has', async () => {
    await expect(health({ args: ['--timeout', '1s'], env: {} })).rejects.toMatchObject({
      name: 'SettingsError',
      mistakes: [expect.stringContaining('--timeout is not known')],
    });
  });
});

describe('plesk-emulator env', () => {
  /** The lines that the command prints in this process. */
  async function linesOf(
    args: readonly string[],
    variables: Readonly<Record<string, string>> = {},
  ): Promise<string> {
    const { stdout, stderr } = printed();
    expect(await env({ args, env: variables })).toBe(0);
    expect(stderr()).toBe('');
    vi.restoreAllMocks();
    return stdout();
  }

  /** What a shell has in these variables that has read the lines. */
  async function evaluated(lines: string): Promise<Readonly<Record<string, string>>> {
    const script = `eval "$1"; for name in ${TRUST.join(' ')}; do eval "printf '%s=%s\\n' $name \\"\\$$name\\""; done`;
    const { code, stdout, stderr } = await run('sh', ['-eu', '-c', script, 'sh', lines]);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    return Object.fromEntries(
      stdout
        .trimEnd()
        .split('\n')
        .map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]),
    );
  }

  it.each(['http', 'https'])('prints lines with the CA that is served over %s', async (scheme) => {
    const { plesk } = await start({ https: true });
    const cache = folder('cache');
    const url = scheme === 'https' ? plesk.httpsUrl : plesk.url;

    const { code, stdout, stderr } = await runProgram(['env', '--url', url], { XDG_CACHE_HOME: cache });

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^(export [A-Z_]+='[^']*'\n)+$/);
    expect([...stdout.matchAll(/^export (\w+)=/gm)].map(([, name]) => name)).toEqual(TRUST);
    const { NODE_EXTRA_CA_CERTS: ca = '', ...rest } = await evaluated(stdout);
    expect(ca.startsWith(join(cache, 'plesk-emulator', '/'))).toBe(true);
    expect(readFileSync(ca, 'utf8')).toBe(plesk.ca);
    expect(readFileSync(rest['SSL_CERT_FILE'] ?? '', 'utf8')).toContain(plesk.ca);
    expect(rest['PHP_INI_SCAN_DIR']?.startsWith(`:${cache}`)).toBe(true);
  });

  it('prints the same lines each time, and leaves nothing else behind', async () => {
    const { plesk } = await start({ https: true });
    const cache = folder('cache');
    const { stdout } = printed();

    await Promise.all(
      [1, 2, 3].map(() => env({ args: ['--url', plesk.url], env: { XDG_CACHE_HOME: cache } })),
    );

    const lines = stdout();
    expect(lines.slice(0, lines.length / 3).repeat(3)).toBe(lines);
    const [own = '', ...others] = readdirSync(join(cache, 'plesk-emulator'));
    expect(others).toEqual([]);
    expect(readdirSync(join(cache, 'plesk-emulator', own)).toSorted()).toEqual([
      'bundle.pem',
      'ca.pem',
      'php',
    ]);
  });

  it('keeps the CAs of several emulators apart', async () => {
    const [one, other] = [await start({ https: true }), await start({ https: true })];
    const XDG_CACHE_HOME = folder('cache');

    for (const { plesk } of [one, other]) {
      const lines = await linesOf(['--url', plesk.url], { XDG_CACHE_HOME });
      const { NODE_EXTRA_CA_CERTS: ca = '' } = await evaluated(lines);
      expect(readFileSync(ca, 'utf8')).toBe(plesk.ca);
    }
  });

  it.each([
    ['none', ''],
    ['one that is relative', 'cache'],
  ])('writes below the home of the user where XDG_CACHE_HOME is %s', async (_case, XDG_CACHE_HOME) => {
    const { plesk } = await start({ https: true });
    const HOME = folder('home');

    const { stdout } = await runProgram(['env', '--url', plesk.url], { HOME, XDG_CACHE_HOME });

    const { NODE_EXTRA_CA_CERTS: ca = '' } = await evaluated(stdout);
    expect(ca.startsWith(join(HOME, '.cache', 'plesk-emulator', '/'))).toBe(true);
  });

  it.each(['with blanks', "it's quoted", 'a "b" $HOME `c` \\d', 'é;&|<>*?[x]#~!'])(
    'prints lines that a shell takes for a directory called %s',
    async (name) => {
      const caDir = join(folder(), name);

      expect(await evaluated(await linesOf(['--ca-dir', caDir]))).toMatchObject({
        NODE_EXTRA_CA_CERTS: join(caDir, 'ca.pem'),
        SSL_CERT_FILE: join(caDir, 'bundle.pem'),
        PHP_INI_SCAN_DIR: `:${join(caDir, 'php')}`,
      });
    },
  );

  it('makes the CA of a directory that an emulator then has', async () => {
    const caDir = join(folder(), 'ca');

    const lines = await linesOf(['--ca-dir', caDir]);
    const { plesk } = await start({ https: true, caDir });

    const { NODE_EXTRA_CA_CERTS: ca = '' } = await evaluated(lines);
    expect(readFileSync(ca, 'utf8')).toBe(plesk.ca);
    expect((statSync(join(caDir, 'ca-key.pem')).mode & 0o777).toString(8)).toBe('600');
  });

  it('changes nothing in the CA of a directory, whatever is in its file besides', async () => {
    const { key, cert } = makeAuthority(Date.now());
    const files = { 'ca.pem': `Some CA\n${key}${cert}`, 'ca-key.pem': key };
    const caDir = folder('ca');
    for (const [name, text] of Object.entries(files)) writeFileSync(join(caDir, name), text, { mode: 0o600 });

    const lines = await linesOf(['--ca-dir', caDir]);

    for (const [name, text] of Object.entries(files)) {
      expect(readFileSync(join(caDir, name), 'utf8')).toBe(text);
    }
    const { SSL_CERT_FILE: bundle = '' } = await evaluated(lines);
    expect(readFileSync(bundle, 'utf8')).toContain(cert);
    expect(readFileSync(bundle, 'utf8')).not.toMatch(/PRIVATE KEY/);
  });

  it('ends with 2 where the CA of a directory cannot be used', async () => {
    const caDir = folder('ca');
    mkdirSync(join(caDir, 'ca.pem'));

    const { code, stdout, stderr } = await runProgram(['env', '--ca-dir', caDir]);

    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^plesk-emulator: .*ca\.pem cannot be read: it is a directory/);
  });

  it('refuses a URL and a directory at once', async () => {
    const args = ['--url', 'http://127.0.0.1:1', '--ca-dir', folder('ca')];

    await expect(env({ args, env: {} })).rejects.toMatchObject({
      name: 'SettingsError',
      mistakes: ['--url and --ca-dir: one of them is enough'],
    });
  });

  it('names the variables where both are set by them', async () => {
    const variables = { PLESK_EMULATOR_URL: 'http://127.0.0.1:1', PLESK_EMULATOR_CA_DIR: folder('ca') };

    await expect(env({ args: [], env: variables })).rejects.toMatchObject({
      mistakes: ['PLESK_EMULATOR_URL and PLESK_EMULATOR_CA_DIR: one of them is enough'],
    });
  });

  it('takes a flag before the variable of the other one, which is there for start', async () => {
    const { plesk } = await start({ https: true });
    const caDir = folder('ca');
    const XDG_CACHE_HOME = folder('cache');

    const ofUrl = await linesOf(['--url', plesk.url], { XDG_CACHE_HOME, PLESK_EMULATOR_CA_DIR: caDir });
    const ofDirectory = await linesOf(['--ca-dir', caDir], { PLESK_EMULATOR_URL: plesk.url });

    expect(ofUrl).toContain(XDG_CACHE_HOME);
    expect(ofUrl).not.toContain(caDir);
    expect(ofDirectory).toContain(caDir);
  });

  it.each([
    [
      'an emulator without HTTPS',
      async () => (await start()).plesk.url,
      / has no CA to trust: there is no CA: HTTPS is off, or has a certificate of your own\n$/,
    ],
    ['another server', otherUrl, / answers \(HTTP 200\), but is no plesk-emulator\n$/],
    ['nobody', deadUrl, / does not answer: connect ECONNREFUSED \S+\n$/],
  ])(
    'ends with 1 and words, and prints nothing to evaluate, where it asks %s',
    async (_case, where, words) => {
      const cache = folder('cache');

      const { code, stdout, stderr } = await runProgram(['env', '--url', await where()], {
        XDG_CACHE_HOME: cache,
      });

      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(words);
      expect(readdirSync(cache)).toEqual([]);
    },
  );
});

describe('plesk-emulator start', () => {
  it('prints the addresses of both ports, and where the CA is', async () => {
    const program = startProgram(['--http-port', '0', '--https-port', '0']);
    const printed = await program.printed(READY);
    const url = READY.exec(printed)?.[1] ?? '';
    const secure = /https:\/\/127\.0\.0\.1:\d+/.exec(printed)?.[0] ?? '';

    for (const origin of [url, secure]) {
      expect(printed).toContain(` ${origin}/enterprise/control/agent.php\n`);
      expect(printed).toContain(` ${origin}/\n`);
    }
    expect(printed).toMatch(new RegExp(`^ *CA +${url}/_emulator/ca\\.pem, which clients`, 'm'));
    const { status, body: ca } = await browse(`${url}/_emulator/ca.pem`);
    expect(status).toBe(200);
    expect((await browse(`${secure}/_emulator/health`, { ca })).status).toBe(200);
  });

  it('prints nothing of HTTPS with --no-https', async () => {
    const program = startProgram(['--http-port', '0', '--no-https']);

    expect(await program.printed(READY)).not.toMatch(/https:|\bCA\b/);
  });

  it('names no CA beside a certificate of your own', async () => {
    const path = folder('own');
    const { key, cert } = makeAuthority(Date.now());
    writeFileSync(join(path, 'key.pem'), key);
    writeFileSync(join(path, 'cert.pem'), cert);
    const own = ['--tls-cert', join(path, 'cert.pem'), '--tls-key', join(path, 'key.pem')];
    const program = startProgram(['--http-port', '0', '--https-port', '0', ...own]);

    const printed = await program.printed(READY);

    expect(printed).toContain('https://127.0.0.1:');
    expect(printed).not.toMatch(/\bCA\b/);
  });

  it('ends with 2 and says what is wrong where its CA cannot be used', async () => {
    const caDir = folder('ca');
    writeFileSync(join(caDir, 'ca.pem'), 'x');

    const ended = await runProgram(['--http-port', '0', '--https-port', '0', '--ca-dir', caDir]);

    expect(ended).toMatchObject({ code: 2, stdout: '' });
    expect(ended.stderr).toMatch(/^plesk-emulator: .*ca\.pem is there without its key; /);
  });

  it('ends with 1 and words where its port for HTTPS is in use', async () => {
    const { port } = await openPort();

    const ended = await runProgram(['--http-port', '0', '--https-port', String(port)]);

    expect(ended).toMatchObject({ code: 1, stdout: '' });
    expect(ended.stderr).toMatch(
      new RegExp(`^plesk-emulator: --https-port ${port} is in use by .*--https-port N`),
    );
  });
});

describe('plesk-emulator start with variables that are not known', () => {
  it('starts, and says on standard error which may be meant', async () => {
    const program = startProgram(['--http-port', '0', '--no-https', '--log', 'json'], {
      PLESK_EMULATOR_HTP_PORT: '8881',
      PLESK_EMULATOR_PORT: 'tcp://10.0.0.7:8880',
    });
    await program.printed(READY);
    program.kill('SIGTERM');

    const { code, stdout, stderr } = await program.ended;
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr.match(/^plesk-emulator: .*$/gm)).toEqual([
      'plesk-emulator: PLESK_EMULATOR_HTP_PORT is not known and has no effect; do you mean PLESK_EMULATOR_HTTP_PORT?',
    ]);
  });

  it('says it besides what keeps it from starting', async () => {
    const { code, stderr } = await runProgram(['--https-port', 'x'], { PLESK_EMULATOR_COLOUR: 'red' });

    expect(code).toBe(2);
    expect(stderr).toContain(
      'PLESK_EMULATOR_COLOUR is not known and has no effect; do you mean PLESK_EMULATOR_COLOR?\n',
    );
  });
});

describe('plesk-emulator', () => {
  it.each(['nope', 'constructor', 'toString', '__proto__'])(
    'knows no command %s, and says which there are',
    async (name) => {
      const { code, stdout, stderr } = await runProgram([name]);

      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toContain(`${name} is no command; there are start, wait, health, env and init`);
    },
  );

  it('wants its command first', async () => {
    const { code, stderr } = await runProgram(['--http-port', '0', 'wait']);

    expect(code).toBe(2);
    expect(stderr).toContain(
      'wait is no command; there are start, wait, health, env and init, and they come first',
    );
  });

  it.each([[['wait', '--help']], [['health', '-h']], [['help']]])(
    'explains every command for %j',
    async (args) => {
      const { code, stdout, stderr } = await runProgram(args);

      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      for (const name of ['start', 'wait', 'health', 'env', 'init']) {
        expect(stdout).toMatch(new RegExp(`plesk-emulator \\[?${name}\\]? `));
      }
      for (const flag of ['--timeout TIME', '--url URL', '--ca-dir DIR']) expect(stdout).toContain(flag);
    },
  );
});
