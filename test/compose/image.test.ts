import { expect, it, onTestFinished } from 'vitest';
import { containerOf, docker, healthy, IMAGE } from './docker.ts';

const BASE = 'node:24-bookworm-slim';

/** A container of the image until the test ends. */
async function run(...args: readonly string[]): Promise<string> {
  const id = await docker('run', '--detach', ...args);
  onTestFinished(async () => {
    await docker('rm', '--force', '--volumes', id);
  });
  return id;
}

it('runs on a read-only file system, as a user who is nobody, without any capability, and is healthy', async () => {
  const id = await run('--read-only', '--cap-drop', 'ALL', IMAGE);

  await healthy(id);

  expect(await docker('exec', id, 'id', '-u')).toBe('1000');
  expect(await docker('inspect', '--format', '{{.HostConfig.ReadonlyRootfs}}', id)).toBe('true');
  await expect(docker('exec', id, 'touch', '/app/x')).rejects.toThrow(/Read-only file system/);
});

it('keeps its state in /data, where something is mounted there', async () => {
  const volume = (await docker('volume', 'create')).trim();
  onTestFinished(async () => {
    await docker('volume', 'rm', '--force', volume);
  });
  const args = ['--read-only', '--volume', `${volume}:/data`, IMAGE, 'plesk-emulator', '--host', '0.0.0.0'];
  const first = await run(...args, '--state', '/data/state.json');
  await healthy(first);
  const add =
    '<packet><customer><add><gen_info><pname>X</pname><login>kept</login><passwd>customer1Q**</passwd></gen_info></add></customer></packet>';
  expect(await ask(first, add)).toContain('<status>ok</status>');
  await docker('stop', first);

  const second = await run(...args, '--state', '/data/state.json');
  await healthy(second);

  const get =
    '<packet><customer><get><filter><login>kept</login></filter><dataset/></get></customer></packet>';
  expect(await ask(second, get)).toContain('<status>ok</status>');
});

const ask = (container: string, packet: string): Promise<string> =>
  docker(
    ...['exec', container, 'node', '--input-type=module', '-e'],
    `const response = await fetch('http://127.0.0.1:8880/enterprise/control/agent.php', { method: 'POST',
       headers: { HTTP_AUTH_LOGIN: 'admin', HTTP_AUTH_PASSWD: 'changeme1Q**' }, body: ${JSON.stringify(packet)} });
     console.log(await response.text());`,
  );

it('ends within half a second of SIGTERM as the first process of its container, by itself', async () => {
  const id = await run(IMAGE);
  await healthy(id);

  await docker('stop', '--time', '10', id);

  expect(await docker('inspect', '--format', '{{.State.ExitCode}}', id)).toBe('0');
  expect(await endingOf(id)).toBeLessThan(500);
});

it('has both programs by their commands, what they need, and nothing of the development', async () => {
  expect(await docker('run', '--rm', IMAGE, 'plesk-sso', '--version')).toMatch(/^\d+\.\d+\.\d+$/);
  expect(await docker('run', '--rm', IMAGE, 'plesk-emulator', '--version')).toMatch(/^\d+\.\d+\.\d+$/);

  const files = await docker('run', '--rm', IMAGE, 'find', '/app', '-type', 'f');

  expect(files.split('\n').filter((file) => /\.ts$|\.map$|vitest|typescript|\/test\//.test(file))).toEqual(
    [],
  );
  expect(await docker('run', '--rm', IMAGE, 'ls', '/app/node_modules')).toBe('ioredis');
});

it('adds less than 5 MB to its base', async () => {
  const sizeOf = async (image: string): Promise<number> =>
    Number(await docker('image', 'inspect', '--format', '{{.Size}}', image)) / 1e6;

  const own = (await sizeOf(IMAGE)) - (await sizeOf(BASE));

  process.stdout.write(`the image adds ${own.toFixed(1)} MB to ${BASE}\n`);
  expect(own).toBeLessThan(5);
});

/** How long the last ending of a container took by the engine's own clock, from the signal on, in milliseconds. */
async function endingOf(id: string): Promise<number> {
  const until = String(Math.floor(Date.now() / 1000) + 1);
  const events = await docker(
    ...['events', '--since', '2m', '--until', until, '--filter', `container=${id}`],
    ...['--format', '{{.Action}} {{.TimeNano}}'],
  );
  const lastOf = (action: string): bigint => {
    const line = events.split('\n').findLast((one) => one.startsWith(`${action} `));
    if (line === undefined) throw new Error(`the engine tells of no ${action}: ${events}`);
    return BigInt(line.slice(action.length + 1));
  };
  return Number(lastOf('die') - lastOf('kill')) / 1e6;
}

it.each([
  ['plesk', 500],
  // It is not ready for two seconds before it closes its port.
  ['token-service-1', 4000],
])('lets %s of the stack end within its time', async (service, most) => {
  const id = await containerOf(service);

  await docker('stop', '--time', '15', id);
  const code = await docker('inspect', '--format', '{{.State.ExitCode}}', id);
  const took = await endingOf(id);
  await docker('start', id);
  await healthy(id);

  expect(code).toBe('0');
  expect(took).toBeLessThan(most);
});
