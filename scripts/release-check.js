// Tells whether what is in this folder can be released: the changelog has a dated section for the version, the
// lockfile has the same version and, where a tag is given, so has that.
//
//   node scripts/release-check.js [v1.2.3]
import { readFileSync } from 'node:fs';

const [tag] = process.argv.slice(2);
const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
const locked = JSON.parse(readFileSync('package-lock.json', 'utf8')).version;

/** The sections of the changelog, newest first: `## 1.2.3, 2026-01-31` or `## 1.2.3, unreleased`, and what is below. */
const sections = readFileSync('CHANGELOG.md', 'utf8')
  .split(/^## /m)
  .slice(1)
  .map((section) => {
    const [, name, when = ''] = /^(\S+?)(?:, *(.*))?$/m.exec(section) ?? [];
    return { name, when, text: section.replace(/^.*/, '').trim() };
  });

function* mistakes() {
  if (tag !== undefined && tag !== `v${version}`) {
    yield `the tag is ${tag}, and package.json has ${version}: tag v${version}, or run npm version`;
  }
  if (locked !== version) {
    yield `package-lock.json has ${locked}, and package.json ${version}: run npm install --package-lock-only`;
  }
  const section = sections.find(({ name }) => name === version);
  if (section === undefined) {
    yield `CHANGELOG.md has no section "## ${version}, YYYY-MM-DD"`;
    return;
  }
  if (section !== sections[0]) yield `CHANGELOG.md has ${sections[0].name} above ${version}`;
  if (!isDay(section.when)) {
    yield `CHANGELOG.md has "${section.when}" for ${version}, where the day of the release has to be, as YYYY-MM-DD`;
  }
  if (section.text === '') yield `CHANGELOG.md says nothing of ${version}`;
}

const isDay = (text) =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && new Date(`${text}T00:00:00Z`).toJSON()?.startsWith(text) === true;

const found = [...mistakes()];
if (found.length === 0) {
  console.log(`${version} can be released.`);
} else {
  console.error(`${version} cannot be released:\n${found.map((mistake) => `  ${mistake}`).join('\n')}`);
  process.exitCode = 1;
}
