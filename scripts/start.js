// Starts both programs for a look around, wired to each other: an emulator with the seed `demo`, a token service with a
// sample directory, and a page for the client area that destinations lead to. Arguments go to the emulator.
//
//   npm start                        after a build
//   npm start -- --plesk 12.0        as another release
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const HOST = '127.0.0.1';
const [first, second] = process.argv.slice(2);
const isElsewhere = first === '--programs';
const programs = isElsewhere ? second : fileURLToPath(new URL('../dist/bin/', import.meta.url));
const forEmulator = process.argv.slice(isElsewhere ? 4 : 2);
const port = process.env.PLESK_SSO_PORT || '9080';
const metricsPort = process.env.PLESK_SSO_METRICS_PORT || '9081';

const children = [];
const folder = await mkdtemp(join(tmpdir(), 'plesk-sso-'));
let ending;

/** Runs a program; all end when one does. */
function run(program, args, env, output) {
  const child = spawn(process.execPath, [join(programs, `${program}.cjs`), ...args], {
    stdio: ['ignore', output, 'inherit'],
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

/** All that a program prints up to the line that matches; it goes on to be shown. */
function printed(child, pattern) {
  return new Promise((resolve) => {
    let text = '';
    child.stdout.setEncoding('utf8').on('data', (chunk) => {
      process.stdout.write(chunk);
      text += chunk;
      if (pattern.test(text)) resolve(text);
    });
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

const emulator = run('plesk-emulator', ['start', '--seed', 'demo', ...forEmulator], {}, 'pipe');
const banner = await printed(emulator, /^Ready \S+$/m);
const [, panel] = /^Ready (\S+)$/m.exec(banner);
const [, login = 'admin'] = /^ *Login +(.*)$/m.exec(banner) ?? [];
const [, password = ''] = /^ *Password +(.*)$/m.exec(banner) ?? [];
const { release } = await (await fetch(`${panel}/_emulator/health`)).json();

const apiKey = `sample-${randomBytes(16).toString('hex')}`;
const publicUrl = `http://${HOST}:${port}`;
const service = run(
  'plesk-sso',
  ['serve', '--log', 'pretty', '--port', port, '--metrics-port', metricsPort],
  {
    PLESK_SSO_PUBLIC_URL: publicUrl,
    PLESK_SSO_DRAIN_MS: '0',
    PLESK_SSO_CLIENT_AREA_URL: await openClientArea(),
    PLESK_SSO_DIRECTORY: await writeDirectory(apiKey, { url: panel, release, login }),
    PLESK_1_PASSWORD: password,
  },
  'inherit',
);
await Promise.race([once(service, 'exit'), untilHealthy()]);

if (ending === undefined) {
  process.stdout.write(`
The token service is there too, at ${publicUrl}, its key for the API ${apiKey}.
This makes a link that logs user 18 (carl) in, once, within a minute:

curl -s ${publicUrl}/api/Clients/CreateClientSsoToken -H 'Apikey: ${apiKey}' -H 'Content-Type: application/json' -d '{"user_id":18,"destination":"ac-ps-products","destination_values":[]}' | grep -o 'http[^"]*'

`);
}

async function untilHealthy() {
  for (;;) {
    const isThere = await fetch(`${publicUrl}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (isThere) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
