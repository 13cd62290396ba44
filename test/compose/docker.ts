import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const execute = promisify(execFile);

/** The client to call, where it is not the first one in the path. */
const DOCKER = process.env['DOCKER'] ?? 'docker';

/** Names containers, network and volumes of these tests, so that nobody else's are touched. */
export const PROJECT = 'plesk-emulator-test';
export const NETWORK = `${PROJECT}_default`;
export const IMAGE = 'plesk-emulator:test';

/** The API key of compose/directory.json. */
export const API_KEY = 'sample-key-of-the-stack';

const FILES = ['docker-compose.yml', 'test/compose/limits.yml'].flatMap((file) => ['-f', `${ROOT}${file}`]);
const SETTINGS = { PLESK_EMULATOR_TAG: 'test' };

/** What a program printed, without blanks at its end; throws with what it said where it failed. */
async function output(program: string, args: readonly string[], env = {}): Promise<string> {
  const options = { env: { ...process.env, ...env }, maxBuffer: 1 << 26, timeout: 600_000 };
  const { stdout } = await execute(program, args, options);
  return stdout.trimEnd();
}

/** Runs `docker`. */
export const docker = (...args: readonly string[]): Promise<string> => output(DOCKER, args);

let composeProgram: Promise<readonly string[]> | undefined;

/** Compose as it is here: the plug-in of Docker (v2), else docker-compose (1.29). */
async function findCompose(): Promise<readonly string[]> {
  if (await succeeds(DOCKER, 'compose', 'version')) return [DOCKER, 'compose'];
  const standalone = DOCKER.replace(/docker$/, 'docker-compose');
  return [standalone];
}

/** Runs Compose on the project of these tests, all of it. */
export const compose = (...args: readonly string[]): Promise<string> =>
  composeFor({ project: PROJECT, profile: 'stack', network: '10.213.98' }, ...args);

interface Part {
  readonly project: string;
  readonly profile: string;
  readonly network?: string;
}

/** Runs Compose for the services of a profile, as a project of its own. */
export async function composeFor(
  { project, profile, network = '10.213.99' }: Part,
  ...args: readonly string[]
): Promise<string> {
  composeProgram ??= findCompose();
  const [program = DOCKER, ...first] = await composeProgram;
  return output(program, [...first, '-p', project, '--project-directory', ROOT, ...FILES, ...args], {
    COMPOSE_PROFILES: profile,
    STACK_NETWORK: network,
    ...SETTINGS,
  });
}

/** Compose with another file and project; what it has to be told beside the files of the stack. */
export async function composeOf(project: string, file: string, ...args: readonly string[]): Promise<string> {
  composeProgram ??= findCompose();
  const [program = DOCKER, ...first] = await composeProgram;
  return output(program, [...first, '-p', project, '-f', file, ...args], SETTINGS);
}

const succeeds = async (program: string, ...args: readonly string[]): Promise<boolean> =>
  execute(program, args).then(
    () => true,
    () => false,
  );

/** Why there is no stack here; `undefined` where there can be one. */
export async function whyNoDocker(): Promise<string | undefined> {
  if (!(await succeeds(DOCKER, 'info'))) return `${DOCKER} reaches no Docker engine`;
  const [program = DOCKER, ...first] = await findCompose();
  return (await succeeds(program, ...first, 'version')) ? undefined : 'there is no Docker Compose';
}

/** The container of a service. */
export const containerOf = (service: string): Promise<string> => compose('ps', '-q', service);

/** Waits until a container is healthy, a minute at the most. */
export async function healthy(container: string): Promise<void> {
  for (let left = 240; left > 0; left -= 1) {
    const health = await docker('inspect', '--format', '{{.State.Health.Status}}', container);
    if (health === 'healthy') return;
    await pause(250);
  }
  throw new Error(`${container} did not become healthy:\n${await docker('logs', '--tail', '30', container)}`);
}

/** Real containers take real time. */
export const pause = (ms: number): Promise<void> =>
  new Promise((resolve) => {
    setTimeout(resolve, ms);
  });

/** Runs a script of Node in a container of a service that runs; what it prints is JSON. */
export async function inside(service: string, script: string): Promise<unknown> {
  const printed = await docker(
    'exec',
    await containerOf(service),
    'node',
    '--input-type=module',
    '-e',
    script,
  );
  return JSON.parse(printed) as unknown;
}
