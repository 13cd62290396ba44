// Starts both programs for a look around, wired to each other: an emulator with the seed `demo`, a token service with a
// sample directory, and a page for the client area that destinations lead to. Builds the programs first where their
// sources have changed. Arguments go to the emulator.
//
//   npm start
//   npm start -- --plesk 12.0        as another release
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, get } from 'node:http';
import { createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { isFresh } from './freshness.js';

const HOST = '127.0.0.1';
const [first, second] = process.argv.slice(2);
const isElsewhere = first === '--programs';
const programs = isElsewhere ? second : fileURLToPath(new URL('../dist/bin/', import.meta.url));
const forEmulator = process.argv.slice(isElsewhere ? 4 : 2);

// Before anything else is there that would have to be ended.
const port = await usablePort('PLESK_SSO_PORT', '9080');
const metricsPort = await usablePort('PLESK_SSO_METRICS_PORT', '9081');
if (!isElsewhere) await buildPrograms();

const children = [];
const folder = await mkdtemp(join(tmpdir(), 'plesk-sso-'));
let ending;

/** Builds what is run, unless that is what the sources give already. */
async function buildPrograms() {
  if (isFresh()) return;
  if (!hasPackages()) {
    process.stderr.write(
      'The programs cannot be built: their packages are not installed; run npm ci first\n',
    );
    process.exit(1);
  }
  process.stdout.write('Building both programs, since their sources have changed or were never built ... ');
  const build = fileURLToPath(new URL('build.js', import.meta.url));
  const started = performance.now();
  const builder = spawn(process.execPath, [build, '--quiet', '--bin-only', programs], { stdio: 'inherit' });
  const [code] = await once(builder, 'exit');
  if (code !== 0) process.exit(1);
  process.stdout.write(`done in ${((performance.now() - started) / 1000).toFixed(1)} s\n\n`);
}

/** Whether `npm ci` was run: the build begins with this package. */
function hasPackages() {
  try {
    import.meta.resolve('esbuild');
    return true;
  } catch {
    return false;
  }
}

/**
 * The port that a variable names, else the standard one; for 0 one that is free. Tried before anything is started, so
 * that a port in use is said before the banner of the emulator.
 */
async function usablePort(variable, standard) {
  const port = process.env[variable] || standard;
  const server = createTcpServer();
  try {
    await once(server.listen(Number(port), HOST), 'listening');
  } catch (error) {
    const why =
      error.code === 'EADDRINUSE' ? 'is in use by another program' : `cannot be used: ${error.message}`;
    process.stderr.write(
      `The token service cannot start: port ${port} ${why}; choose another one with ${variable}=N, or 0 for any free port\n`,
    );
    process.exit(1);
  }
  const { port: usable } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return usable;
}

/** Runs a program; all end when one does. */
function run(program, args, env, stdio) {
  const child = spawn(process.execPath, [join(programs, `${program}.cjs`), ...args], {
    stdio,
    env: { ...process.env, ...env },
  });
  children.push(child);
  child.once('exit', (code) => void end(code ?? 1));
  return child;
}

/** Ends what runs, once, and leaves nothing behind. */
function end(code) {
  ending ??= (async () => {
    const running = children.filter((child) => child.exitCode === null && child.signalCode === null);
    const ended = running.map((child) => once(child, 'exit'));
    for (const child of running) child.kill('SIGTERM');
    await Promise.all(ended);
    await rm(folder, { recursive: true, force: true });
    process.exit(code);
  })();
  return ending;
}

/**
 * All that a program prints up to the line that matches; it goes on to be shown. The banner is on standard error where
 * the log is JSON.
 */
function printed(child, pattern) {
  return new Promise((resolve) => {
    for (const name of ['stdout', 'stderr']) {
      let text = '';
      child[name].setEncoding('utf8').on('data', (chunk) => {
        process[name].write(chunk);
        text += chunk;
        if (pattern.test(text)) resolve(text);
      });
    }
  });
}

/** A page for whatever address a destination leads to. */
async function openClientArea() {
  const server = createServer((request, response) => {
    const path = new URL(request.url, `http://${HOST}`).pathname.replace(/[^\w./-]/g, '');
    response.setHeader('Content-Type', 'text/html; charset=utf-8');
    response.end(`<!doctype html><html lang="en"><title>Client area ${path}</title>
<h1>A client area</h1><p>Your billing system has its page <code>${path}</code> here. You are logged in to the panel.</p>`);
  });
  server.listen(0, HOST);
  await once(server, 'listening');
  return `http://${HOST}:${server.address().port}`;
}

async function writeDirectory(apiKey, { url, release, login }) {
  const account = (service_id, name, role) => ({ service_id, server: 'plesk-1', login: name, role });
  const directory = {
    version: 1,
    servers: { 'plesk-1': { url, release, auth: { login, password: 'env:PLESK_1_PASSWORD' } } },
    users: {
      18: { active: true, accounts: [account(101, 'carl', 'customer')] },
      19: { active: true, accounts: [account(102, 'rita', 'reseller')] },
      20: { active: false, accounts: [account(103, 'sam', 'customer')] },
    },
    api_keys: [{ id: 'sample', name: 'sample', sha256: createHash('sha256').update(apiKey).digest('hex') }],
  };
  const file = join(folder, 'directory.json');
  await writeFile(file, JSON.stringify(directory, undefined, 2), { mode: 0o600 });
  return file;
}

process.once('SIGTERM', () => void end(0));
process.once('SIGINT', () => void end(0));
// npm dies of a signal without passing it on: whoever has lost the parent that started it ends too.
const parent = process.ppid;
setInterval(() => {
  if (process.ppid !== parent) void end(0);
}, 500).unref();

const { PLESK_EMULATOR_SEED: seed = 'demo', FORCE_COLOR, NO_COLOR } = process.env;
const mayColor = process.stdout.isTTY && FORCE_COLOR === undefined && !NO_COLOR;
const emulator = run(
  'plesk-emulator',
  ['start', ...forEmulator],
  // By variables, which options win over. What it prints passes through here, which is no terminal.
  { PLESK_EMULATOR_SEED: seed || 'demo', ...(mayColor ? { FORCE_COLOR: '1' } : {}) },
  ['ignore', 'pipe', 'pipe'],
);
const banner = await printed(emulator, /^Ready \S+$/m);
const [, panel] = /^Ready (\S+)$/m.exec(banner);
const [, login = 'admin'] = /^ *Login +(.*)$/m.exec(banner) ?? [];
const [, password = ''] = /^ *Password +(.*)$/m.exec(banner) ?? [];
const { release } = JSON.parse((await ask(`${panel}/_emulator/health`)).body);

const apiKey = `sample-${randomBytes(16).toString('hex')}`;
const publicUrl = `http://${HOST}:${port}`;
const service = run(
  'plesk-sso',
  ['serve', '--log', 'pretty'],
  {
    PLESK_SSO_PORT: String(port),
    PLESK_SSO_METRICS_PORT: String(metricsPort),
    PLESK_SSO_PUBLIC_URL: publicUrl,
    PLESK_SSO_DRAIN_MS: '0',
    PLESK_SSO_CLIENT_AREA_URL: await openClientArea(),
    PLESK_SSO_DIRECTORY: await writeDirectory(apiKey, { url: panel, release, login }),
    PLESK_1_PASSWORD: password,
  },
  ['ignore', 'inherit', 'inherit'],
);
await Promise.race([once(service, 'exit'), untilHealthy()]);

if (ending === undefined) {
  process.stdout.write(`
The token service runs too, at ${publicUrl}, with the API key ${apiKey}.
This makes a link that logs user 18 (carl) in to the panel, once, within a minute:

${commandForLink()}

`);
}

/** A command for the shell at hand; Git Bash on Windows sets SHELL, PowerShell does not. */
function commandForLink() {
  const url = `${publicUrl}/api/Clients/CreateClientSsoToken`;
  const body = '{"user_id":18}';
  if (process.platform === 'win32' && !process.env.SHELL)
    return `(Invoke-RestMethod ${url} -Method Post -Headers @{ Apikey = '${apiKey}' } -ContentType 'application/json' -Body '${body}').data.url`;
  return `curl -s ${url} -H 'Apikey: ${apiKey}' -H 'Content-Type: application/json' -d '${body}' | grep -o 'http[^"]*'`;
}

/** Status and body of a GET. `fetch` would be loaded first, which costs more CPU time than all else here. */
async function ask(url) {
  const [response] = await once(get(url, { agent: false }), 'response');
  let body = '';
  for await (const chunk of response.setEncoding('utf8')) body += chunk;
  return { status: response.statusCode, body };
}

async function untilHealthy() {
  for (;;) {
    const isThere = await ask(`${publicUrl}/readyz`).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
