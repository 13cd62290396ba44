import { chmodSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { browse, NAVIGATION } from '../support/browse.ts';
import { startProgram } from '../support/program.ts';
import { callApi, directoryOf, writeDirectory } from '../support/service.ts';
import { MAIN_OF_SERVICE } from '../support/service-process.ts';
import { folder } from '../support/tools.ts';

const NEEDED = ['--public-url', 'http://127.0.0.1:9080', '--client-area-url', 'https://billing.example.com'];
const READY = /^Ready (http:\/\/[^\s,]+), metrics (http:\/\/\S+)$/m;
const SERVER = { url: 'https://plesk.invalid:8443', release: '18.0', auth: { secretKey: 'env:SECRET_KEY' } };

const sample = (): string => writeDirectory(directoryOf({ 'plesk-1': SERVER }));

/** Starts `plesk-sso serve` with any free ports. */
function serve(
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): ReturnType<typeof startProgram> {
  const ports = ['--port', '0', '--metrics-port', '0', '--drain-ms', '0'];
  const needed = args.includes('--public-url') ? NEEDED.slice(2) : NEEDED;
  return startProgram(
    ['serve', ...needed, ...ports, ...args],
    { SECRET_KEY: 'key', ...env },
    MAIN_OF_SERVICE,
  );
}

it('says by health whether the service on this machine is ready, with 0 or 1', async () => {
  const program = serve(['--directory', sample()]);
  const [, , metrics = ''] = READY.exec(await program.printed(READY)) ?? [];
  const { port } = new URL(metrics);

  const ready = await startProgram(['health', '--metrics-port', port], {}, MAIN_OF_SERVICE).ended;
  program.kill('SIGTERM');
  await program.ended;
  const gone = await startProgram(['health'], { PLESK_SSO_METRICS_PORT: port }, MAIN_OF_SERVICE).ended;
  const wrong = await startProgram(['health', '--metrics-port', 'x', 'now'], {}, MAIN_OF_SERVICE).ended;

  expect(ready).toMatchObject({ code: 0, stderr: '' });
  expect(JSON.parse(ready.stdout)).toMatchObject({ status: 'ready' });
  expect(gone).toMatchObject({ code: 1, stdout: '' });
  expect(gone.stderr).toMatch(/^plesk-sso: http:\/\/127\.0\.0\.1:\d+\/readyz does not answer: /);
  expect(wrong.code).toBe(2);
  expect(wrong.stderr).toContain('--metrics-port');
  expect(wrong.stderr).toContain('now is too much');
});

it('serves, writes its audit into the log and into a file that is its own, and ends on SIGTERM', async () => {
  const auditFile = join(folder(), 'audit.log');
  const program = serve(['--directory', sample(), '--audit-file', auditFile]);
  const [, url = '', metrics = ''] = READY.exec(await program.printed(READY)) ?? [];

  const { body } = await callApi(url, 'Clients/CreateClientSsoToken', { user_id: 18, destination: 'news' });
  const token = String(body.data?.['token']);
  const opened = await browse(`${url}/sign-in?sso_token=${token}`, { headers: NAVIGATION });
  expect(opened.status).toBe(503);
  expect((await browse(metrics)).body).toContain('process_resident_memory_bytes');
  program.kill('SIGTERM');

  const { code, stdout } = await program.ended;
  expect(code).toBe(0);
  const lines = readFileSync(auditFile, 'utf8').trim().split('\n');
  const entries = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(entries).toMatchObject([
    {
      audit: 'issued',
      outcome: 'successful',
      user: 18,
      key: 'billing',
      server: 'plesk-1',
      destination: 'news',
    },
    {
      audit: 'refused',
      outcome: 'plesk_unreachable',
      user: 18,
      link: entries[0]?.['link'],
      address: '127.0.0.1',
    },
  ]);
  expect(statSync(auditFile).mode & 0o777).toBe(0o600);
  const logged = stdout.trim().split('\n');
  expect(logged.filter((line) => 'audit' in (JSON.parse(line) as object))).toHaveLength(2);
  expect(stdout + lines.join('')).not.toContain(token);
});

it.skipIf(!existsSync('/dev/full'))('counts the lines that its audit file lacks', async () => {
  const program = serve(['--directory', sample(), '--audit-file', '/dev/full']);
  const [, url = '', metrics = ''] = READY.exec(await program.printed(READY)) ?? [];
  const lost = async (): Promise<string | undefined> =>
    /^plesk_sso_audit_lines_lost_total (\d+)$/m.exec((await browse(metrics)).body)?.[1];

  expect(await lost()).toBe('0');
  for (let made = 1; made <= 2; made++) {
    expect((await callApi(url, 'Clients/CreateClientSsoToken', { user_id: 18 })).status).toBe(200);
    expect(await lost()).toBe(String(made));
  }
  program.kill('SIGTERM');
  await program.ended;
});

it('reads its directory again on SIGHUP, and its settings from a file', async () => {
  const directory = sample();
  const config = join(folder(), 'config.json');
  writeFileSync(config, JSON.stringify({ directory, issueLimit: 1000, language: 'en' }));
  const program = serve(['--config', config]);
  const [, url = ''] = READY.exec(await program.printed(READY)) ?? [];
  const ask = async (): Promise<unknown> =>
    (await callApi(url, 'Clients/CreateClientSsoToken', { user_id: 18 })).body.data?.['url'];
  expect(await ask()).toMatch(/^http:\/\/127\.0\.0\.1:9080\/en\/sign-in\?sso_token=psso_/);

  writeDirectory({ ...directoryOf({ 'plesk-1': SERVER }), users: {} }, directory);
  program.kill('SIGHUP');

  await expect.poll(ask, { timeout: 15_000 }).toBeUndefined();
});

it('holds a settings file with a secret in it to the rules for secrets', async () => {
  const config = join(folder(), 'config.json');
  writeFileSync(
    config,
    JSON.stringify({ directory: '/x', pepperKeys: ['a pepper for tests only, long enough'] }),
  );
  chmodSync(config, 0o666);

  const { code, stderr } = await serve(['--config', config]).ended;

  expect(code).toBe(2);
  expect(stderr).toContain(`--config: ${config} holds a secret`);
});

it.each<readonly [what: string, args: readonly string[], says: RegExp]>([
  ['no directory', [], /--directory is missing/],
  ['a directory that is not there', ['--directory', '/nowhere/sso.json'], /\/nowhere\/sso\.json/],
  ['a config that is not there', ['--config', '/nowhere.json'], /--config: \/nowhere\.json cannot be read/],
  ['a TTL over 60', ['--directory', '/x', '--ttl', '61'], /--ttl: 61 is not within 10 and 60/],
  ['an http public URL', ['--directory', '/x', '--public-url', 'http://sso.example.com'], /--public-url/],
  [
    'files that are not there',
    ['--directory', '/x', '--tls-cert', '/no.pem', '--tls-key', '/no.key', '--destinations', '/no.json'],
    /destinations: \/no\.json cannot be read[^]*tlsCert: \/no\.pem is not there[^]*tlsKey: \/no\.key is not there/,
  ],
  [
    'an audit file that cannot be',
    ['--directory', '/x', '--audit-file', '/no/audit'],
    /--audit-file: \/no\/audit/,
  ],
  [
    'a public URL with a path',
    ['--directory', '/x', '--public-url', 'https://a.example/sso'],
    /--public-url/,
  ],
  ['a proxy of everyone', ['--directory', '/x', '--trusted-proxies', '::/0'], /--trusted-proxies\.0/],
])('ends with 2 and words for %s, before it listens', async (_case, args, says) => {
  const { code, stderr, stdout } = await serve(args).ended;

  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatch(says);
});

it.each([
  ['--port', ['--metrics-port', '0']],
  ['--metrics-port', ['--port', '0']],
])('names the option of a port that is in use, %s', async (flag, others) => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => void taken.close());
  const { port } = taken.address() as AddressInfo;
  const args = ['serve', ...NEEDED, ...others, '--directory', sample(), flag, String(port)];

  const ended = await startProgram(args, { SECRET_KEY: 'key' }, MAIN_OF_SERVICE).ended;

  expect(ended).toMatchObject({ code: 1, stdout: '' });
  expect(ended.stderr).toBe(
    `plesk-sso: ${flag} ${port} is in use by another program; use ${flag} N, or 0 for any free port\n`,
  );
});

it('does not start with a directory that others can read', async () => {
  const { chmodSync } = await import('node:fs');
  const directory = sample();
  chmodSync(directory, 0o644);

  const { code, stderr } = await serve(['--directory', directory]).ended;

  expect(code).toBe(2);
  expect(stderr).toMatch(/chmod 600/);
});

it.each([
  [['--help'], 0, /^plesk-sso serve \[options\]/m],
  [['--version'], 0, /^\d+\.\d+\.\d+\n$/],
  [[], 2, /what to do is missing; there are serve, health, keys, users and servers/],
  [['nope'], 2, /nope is no command/],
])('answers %j', async (args, code, says) => {
  const ended = await startProgram(args, {}, MAIN_OF_SERVICE).ended;

  expect(ended.code).toBe(code);
  expect(ended.stdout + ended.stderr).toMatch(says);
});

it('names variables of its prefix that it does not know, and starts', async () => {
  const program = serve(['--directory', sample()], {
    PLESK_SSO_TRUSTED_PROXY: '192.0.2.1',
    PLESK_SSO_SERVICE_HOST: '10.96.0.7',
    PLESK_SSO_LANGUAGE: '',
  });
  await program.printed(READY);
  program.kill('SIGTERM');

  const { stderr } = await program.ended;

  expect(stderr.split('\n').filter((line) => line.includes('not known'))).toEqual([
    'plesk-sso: PLESK_SSO_TRUSTED_PROXY is not known and has no effect; do you mean PLESK_SSO_TRUSTED_PROXIES?',
  ]);
});
