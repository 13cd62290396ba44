import { writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { expect, it } from 'vitest';
import type { Ran } from '../support/tools.ts';
import { folder, run } from '../support/tools.ts';

/** What a release is made of. */
interface Release {
  readonly version?: string;
  readonly locked?: string;
  readonly changelog?: string;
  readonly tag?: string;
}

/** Checks a release; what is not given is as it has to be for 1.2.0. */
function check({ version = '1.2.0', locked = version, changelog = CHANGELOG, tag }: Release): Promise<Ran> {
  const cwd = folder('release');
  writeFileSync(join(cwd, 'package.json'), JSON.stringify({ version }));
  writeFileSync(join(cwd, 'package-lock.json'), JSON.stringify({ version: locked }));
  writeFileSync(join(cwd, 'CHANGELOG.md'), changelog);
  const args = [resolve('scripts/release-check.js'), ...(tag === undefined ? [] : [tag])];
  return run(process.execPath, args, { cwd });
}

const CHANGELOG = '# Changelog\n\n## 1.2.0, 2026-01-31\n\n- One more.\n\n## 1.1.0, 2026-01-01\n\n- One.\n';

it.each([[undefined], ['v1.2.0']])('lets a release pass whose parts agree, with the tag %s', async (tag) => {
  expect(await check(tag === undefined ? {} : { tag })).toEqual({
    code: 0,
    stdout: '1.2.0 can be released.\n',
    stderr: '',
  });
});

it.each<[what: string, release: Release, mistake: string]>([
  [
    'another tag',
    { tag: 'v1.3.0' },
    'the tag is v1.3.0, and package.json has 1.2.0: tag v1.2.0, or run npm version',
  ],
  [
    'a tag without its v',
    { tag: '1.2.0' },
    'the tag is 1.2.0, and package.json has 1.2.0: tag v1.2.0, or run npm version',
  ],
  [
    'another version in the lockfile',
    { locked: '1.1.0' },
    'package-lock.json has 1.1.0, and package.json 1.2.0: run npm install --package-lock-only',
  ],
  ['no section in the changelog', { version: '1.2.1' }, 'CHANGELOG.md has no section "## 1.2.1, YYYY-MM-DD"'],
  ['a section that is not the first', { version: '1.1.0' }, 'CHANGELOG.md has 1.2.0 above 1.1.0'],
  [
    'a section that is unreleased',
    { changelog: CHANGELOG.replace('2026-01-31', 'unreleased') },
    'CHANGELOG.md has "unreleased" for 1.2.0, where the day of the release has to be, as YYYY-MM-DD',
  ],
  [
    'a day that there is not',
    { changelog: CHANGELOG.replace('2026-01-31', '2026-02-30') },
    'CHANGELOG.md has "2026-02-30" for 1.2.0, where the day of the release has to be, as YYYY-MM-DD',
  ],
  [
    'an empty section',
    { changelog: CHANGELOG.replace('- One more.\n', '') },
    'CHANGELOG.md says nothing of 1.2.0',
  ],
])('refuses a release with %s', async (_what, release, mistake) => {
  expect(await check(release)).toEqual({
    code: 1,
    stdout: '',
    stderr: `${release.version ?? '1.2.0'} cannot be released:\n  ${mistake}\n`,
  });
});

it('names all that is wrong at once', async () => {
  const { stderr } = await check({ tag: 'v9', locked: '0.0.1', changelog: '' });

  expect(stderr.split('\n')).toHaveLength(5);
});

it("reads this project's changelog, but for the day of a version that is not out", async () => {
  const { code, stderr } = await run(process.execPath, ['scripts/release-check.js']);

  if (code !== 0)
    expect(stderr).toMatch(/^.* cannot be released:\n {2}CHANGELOG.md has "unreleased" for .*\n$/);
});
