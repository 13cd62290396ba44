import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { parse } from 'yaml';

/** A workflow, as far as it is read here. */
interface Workflow {
  readonly on: { readonly push?: { readonly tags?: readonly string[] } };
  readonly permissions: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface Job {
  readonly needs?: string;
  readonly permissions?: Readonly<Record<string, string>>;
  readonly outputs?: Readonly<Record<string, string>>;
  readonly steps: readonly Step[];
}

interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly run?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly with?: Readonly<Record<string, unknown>>;
}

const { scripts: SCRIPTS } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

const BASE = 'node:24-bookworm-slim';
const FOLDER = '.github/workflows';
const WORKFLOWS = readdirSync(FOLDER).map(
  (name) => [name, readFileSync(join(FOLDER, name), 'utf8')] as const,
);
const read = (name: string): Workflow => parse(readFileSync(join(FOLDER, name), 'utf8')) as Workflow;
const commandsOf = (job: Job | undefined): readonly string[] =>
  job?.steps.flatMap(({ run = [] }) => run) ?? [];

it('takes each action at one commit everywhere, with its version beside it', () => {
  const lines = WORKFLOWS.flatMap(([, text]) =>
    [...text.matchAll(/uses: (.*)$/gm)].map(([, uses = '']) => uses),
  );
  const actions = new Set(lines.map((uses) => uses.replace(/@.*/, '')));

  for (const uses of lines) expect(uses).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$/);
  expect(new Set(lines).size).toBe(actions.size);
});

it.each(WORKFLOWS.map(([name]) => name))('%s may do no more than read, but where a job says so', (name) => {
  expect(read(name).permissions).toEqual({ contents: 'read' });
});

it('publishes for a tag of a version, after all checks, and with provenance', () => {
  const { on, jobs } = read('release.yml');

  expect(on).toEqual({ push: { tags: ['v*'] } });
  expect(firstLinesOf(jobs['check'])).toEqual([
    'git merge-base --is-ancestor "$GITHUB_SHA" origin/main',
    'node scripts/release-check.js "$GITHUB_REF_NAME"',
    'npm ci',
    'npm run check',
    'npm pkg set repository.type=git "repository.url=git+https://github.com/$GITHUB_REPOSITORY.git"',
    'mkdir release',
    'docker pull --quiet node:24-bookworm-slim',
    'sudo env "PATH=$PATH" npm run test:setup',
    'npm test',
    'npm run test:compose',
    'npx attw release/package.tgz --profile esm-only',
    'npx publint run release/package.tgz --strict',
  ]);
  expect(jobs['publish']).toMatchObject({
    needs: 'check',
    permissions: { contents: 'read', 'id-token': 'write' },
  });
});

const firstLinesOf = (job: Job | undefined): readonly (string | undefined)[] =>
  commandsOf(job).map((command) => command.split('\n')[0]);

const stepOf = (job: Job | undefined, part: string): Step | undefined =>
  job?.steps.find(({ run = '', uses = '' }) => run.includes(part) || uses.includes(part));

it('packs once, tests that tarball and publishes no other', () => {
  const { jobs } = read('release.yml');
  const { check, publish } = jobs;
  const packing = commandsOf(check).concat(commandsOf(publish)).join('\n');

  expect(packing.match(/npm pack\b/g)).toHaveLength(1);
  expect(stepOf(check, 'npm pack')).toMatchObject({
    id: 'pack',
    run: expect.stringMatching(/sha256sum release\/package\.tgz.*"\$GITHUB_OUTPUT"/) as string,
  });
  expect(stepOf(check, 'npm test')?.env).toEqual({ PACKAGE_TARBALL: 'release/package.tgz' });
  expect(stepOf(check, 'upload-artifact')?.with).toMatchObject({
    name: 'package',
    path: 'release/package.tgz',
  });

  expect(check?.outputs).toEqual({ sha256: '${{ steps.pack.outputs.sha256 }}' });
  expect(stepOf(publish, 'checkout'), 'nothing is built where the token is').toBeUndefined();
  expect(stepOf(publish, 'download-artifact')?.with).toEqual({ name: 'package' });
  expect(publish?.steps.slice(-2)).toMatchObject([
    {
      run: 'echo "$SHA256  package.tgz" | sha256sum --check',
      env: { SHA256: '${{ needs.check.outputs.sha256 }}' },
    },
    { run: 'npm publish --ignore-scripts --provenance --access public ./package.tgz' },
  ]);
});

it('builds the image that it tests on a base named by its digest', () => {
  const commands = commandsOf(read('release.yml').jobs['check']);
  const setting = commands.findIndex((command) =>
    command.includes(`echo "BASE_IMAGE=$(docker inspect --format '{{index .RepoDigests 0}}' ${BASE})"`),
  );

  expect(setting).toBeGreaterThan(-1);
  expect(commands[setting]).toContain('>> "$GITHUB_ENV"');
  expect(commands.indexOf('npm run test:compose')).toBeGreaterThan(setting);
});

it('has one base image, in the Dockerfile and in what Compose builds', () => {
  const dockerfile = readFileSync('Dockerfile', 'utf8');
  const compose = parse(readFileSync('docker-compose.yml', 'utf8'), { merge: true }) as {
    readonly services: Readonly<Record<string, { readonly build?: unknown }>>;
  };

  expect(dockerfile).toContain(`\nARG BASE_IMAGE=${BASE}\n`);
  expect([...dockerfile.matchAll(/^FROM (\S+)/gm)].map(([, from]) => from)).toEqual([
    '${BASE_IMAGE}',
    '${BASE_IMAGE}',
  ]);
  expect(compose.services['plesk']?.build).toEqual({
    context: '.',
    args: { BASE_IMAGE: `\${BASE_IMAGE:-${BASE}}` },
  });
});

/** Words of a shell that Windows does not have. */
const POSIX_ONLY = /^\s*\w+=\S+ |[$`\\]|\b(?:rm|cp|mv|mkdir|export|sh|bash|cat|sed|grep)\b|'/;

it.each(Object.entries(SCRIPTS))('npm run %s needs no POSIX shell', (_name, command) => {
  expect(command).not.toMatch(POSIX_ONLY);
});

it('tests what depends on the system on Windows and macOS', () => {
  const job = read('ci.yml').jobs['systems'];

  expect(JSON.stringify(job)).toMatch(/windows-\d+.*macos-\d+/);
  const files = commandsOf(job).flatMap((command) => command.match(/test\/\S+/g) ?? []);
  expect(files.length).toBeGreaterThan(0);
  expect(files.filter((file) => !existsSync(file))).toEqual([]);
});
