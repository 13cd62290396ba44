import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { freshPage } from '../support/chromium.ts';
import {
  API_KEY,
  compose,
  composeFor,
  containerOf,
  docker,
  IMAGE,
  inside,
  NETWORK,
  PROJECT,
} from './docker.ts';
import { isIn, newLink, open } from './links.ts';

const SESSION =
  '<packet><server><create_session><login>carl</login><data><user_ip>192.0.2.1</user_ip><source_server/></data></create_session></server></packet>';
const CREDENTIALS = { HTTP_AUTH_LOGIN: 'admin', HTTP_AUTH_PASSWD: 'changeme1Q**' };

it('makes a session for a client inside that calls the emulator by its service name and trusts its CA', async () => {
  const script = `
    const response = await fetch('https://plesk:8443/enterprise/control/agent.php', {
      method: 'POST', headers: ${JSON.stringify(CREDENTIALS)}, body: ${JSON.stringify(SESSION)} });
    console.log(await response.text());`;

  const answer = await docker(
    ...['run', '--rm', '--network', NETWORK, '--volume', `${PROJECT}_ca:/ca:ro`],
    ...['--env', 'NODE_EXTRA_CA_CERTS=/ca/ca.pem', IMAGE, 'node', '--input-type=module', '-e', script],
  );

  expect(answer).toMatch(/<status>ok<\/status><id>[\da-f]{32}<\/id>/);
});

it('makes a session for curl outside, with the CA that the emulator gives', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'compose-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  const ca = join(folder, 'ca.pem');
  await writeFile(ca, await (await fetch('http://localhost:8880/_emulator/ca.pem')).text());

  const { stdout } = await promisify(execFile)('curl', [
    ...['--silent', '--cacert', ca, '--resolve', 'plesk:8443:127.0.0.1', '--data', SESSION],
    ...Object.entries(CREDENTIALS).flatMap(([name, value]) => ['--header', `${name}: ${value}`]),
    'https://plesk:8443/enterprise/control/agent.php',
  ]);

  expect(stdout).toMatch(/<status>ok<\/status><id>[\da-f]{32}<\/id>/);
});

it.each([
  ['18.0', 18, 'http://plesk.localhost:8880'],
  ['12.0', 20, 'http://plesk-12.localhost:8812'],
])(
  'leads a browser through the proxy in to Plesk %s, and on to the client area, once',
  async (_release, user, panel) => {
    const url = await newLink(user);
    const { page, context } = await freshPage();

    await page.goto(url);

    expect(page.url()).toBe('http://localhost:9090/services');
    expect(await page.textContent('h1')).toBe('A client area');
    await page.goto(`${panel}/smb/`);
    expect(await page.getAttribute('[data-plesk-user]', 'data-plesk-user')).toBe('carl');
    await context.clearCookies();
    expect((await page.goto(url))?.status()).toBe(410);
  },
);

it('lets one of fifty parallel openings in, whichever replica they reach', async () => {
  const url = await newLink();

  const opened = await Promise.all(Array.from({ length: 50 }, () => open(url)));

  expect(opened.filter(isIn)).toHaveLength(1);
  const others = opened.filter((one) => !isIn(one)).map(({ status }) => status);
  expect([...new Set(others)]).toEqual([410]);
});

it('answers a repeated request the same, whichever replica it reaches', async () => {
  const ask = (service: string): Promise<unknown> =>
    inside(
      service,
      `const response = await fetch('http://127.0.0.1:9080/api/Clients/CreateClientSsoToken', {
         method: 'POST',
         headers: { Apikey: '${API_KEY}', 'Content-Type': 'application/json', 'Idempotency-Key': 'the-same-order-1' },
         body: JSON.stringify({ user_id: 18, destination: 'ac-ps-products', destination_values: [] }) });
       console.log(await response.text());`,
    );

  const [first, second] = [await ask('token-service-1'), await ask('token-service-2')];

  expect(first).toMatchObject({ status: 'successful' });
  expect(second).toEqual(first);
});

it('makes the emulators alone by their profile', async () => {
  const project = `${PROJECT}-emulators`;
  onTestFinished(async () => {
    await composeFor({ project, profile: 'emulator' }, 'down', '--volumes');
  });

  await composeFor({ project, profile: 'emulator' }, 'up', '--no-start');

  const filter = `label=com.docker.compose.project=${project}`;
  const format = '{{.Label "com.docker.compose.service"}}';
  const made = await docker('ps', '--all', '--filter', filter, '--format', format);
  expect(made.split('\n').sort()).toEqual(['plesk', 'plesk-12']);
});

it('gives no container of the stack more than it needs, and nobody beyond this machine its ports', async () => {
  for (const service of ['plesk', 'plesk-12', 'token-service-1', 'token-service-2']) {
    const inspected = await docker('inspect', await containerOf(service));
    const [{ Config, HostConfig } = NOBODY] = JSON.parse(inspected) as readonly (typeof NOBODY)[];

    expect(Config.User, service).toBe('node');
    expect(HostConfig, service).toMatchObject({ ReadonlyRootfs: true, CapDrop: ['ALL'], Privileged: false });
    expect(HostConfig.SecurityOpt, service).toContain('no-new-privileges:true');
  }
  const ports = await docker(
    'ps',
    '--filter',
    `label=com.docker.compose.project=${PROJECT}`,
    '--format',
    '{{.Ports}}',
  );
  const published = ports.split(/\n|, /).filter((port) => port.includes('->'));
  expect(published.length).toBe(6);
  expect(published.filter((port) => !port.startsWith('127.0.0.1:'))).toEqual([]);
});

/** As much of a container as is looked at. */
const NOBODY = {
  Config: { User: '' },
  HostConfig: { ReadonlyRootfs: false, CapDrop: [''], Privileged: true, SecurityOpt: [''] },
};

it('says the reason of a failed login in the log of its container', async () => {
  const response = await fetch(
    'http://localhost:8880/enterprise/rsession_init.php?PLESKSESSID=00000000000000000000000000000009',
    {
      redirect: 'manual',
    },
  );

  expect(response.headers.get('emulator-reason')).toContain('unknown here');
  expect(await compose('logs', 'plesk')).toContain('session 000000..: unknown here');
});
