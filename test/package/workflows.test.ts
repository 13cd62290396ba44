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
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

const { scripts: SCRIPTS } = JSON.parse(readFileSync('package.json', 'utf8')) as {
  readonly scripts: Readonly<Record<string, string>>;
};

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
  expect(commandsOf(jobs['check'])).toEqual([
    'git merge-base --is-ancestor "$GITHUB_SHA" origin/main',
    'node scripts/release-check.js "$GITHUB_REF_NAME"',
    'npm ci',
    'npm run check',
    'sudo env "PATH=$PATH" npm run test:setup',
    'npm test',
    'npm run test:compose',
    'npm run check:package',
  ]);
  expect(jobs['publish']).toMatchObject({
    needs: 'check',
    permissions: { contents: 'read', 'id-token': 'write' },
  });
  expect(commandsOf(jobs['publish']).slice(-2)).toEqual([
    'npm pack',
    'npm publish --ignore-scripts --provenance --access public ./*.tgz',
  ]);
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
