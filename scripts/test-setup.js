// Sees to it that the tools the tests need are on this machine: installs them where it may (root on a
// machine with apt-get), says what to install where it may not.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, statSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';

/**
 * What the tests need; `at` are names on the PATH or absolute paths, the first that exists is the one. `proof` are
 * the arguments with which it succeeds where it has all of its parts.
 */
const TOOLS = [
  {
    name: 'Chromium',
    debian: 'chromium',
    override: 'CHROMIUM_PATH',
    at: ['/usr/bin/chromium', '/usr/bin/chromium-browser', 'chromium', 'chromium-browser', 'google-chrome'],
  },
  { name: 'curl', debian: 'curl', at: ['curl'] },
  {
    name: 'PHP with curl, openssl and SimpleXML',
    debian: 'php-cli php-curl php-xml',
    at: ['php'],
    proof: ['-r', 'exit(min(array_map("extension_loaded", ["curl", "openssl", "SimpleXML"])) ? 0 : 1);'],
  },
  { name: 'redis-server', debian: 'redis-server', at: ['redis-server'], proof: ['--version'] },
  { name: 'certutil', debian: 'libnss3-tools', at: ['certutil'] },
  { name: 'PHPUnit', debian: 'phpunit', at: ['phpunit'], proof: ['--version'] },
  { name: 'pytest', debian: 'python3-pytest', at: ['pytest'], proof: ['--version'] },
];

function isExecutable(file) {
  try {
    accessSync(file, constants.X_OK);
    return statSync(file).isFile();
  } catch {
    return false;
  }
}

/** The path of a program, or undefined. */
function locate(program) {
  if (isAbsolute(program)) return isExecutable(program) ? program : undefined;
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.map((folder) => join(folder, program)).find(isExecutable);
}

function find({ override, at, proof }) {
  const chosen = override === undefined ? undefined : process.env[override];
  // A path chosen by hand that does not work is not replaced by another one in silence.
  if (chosen) return isExecutable(chosen) ? chosen : undefined;
  for (const program of at) {
    const path = locate(program);
    if (path !== undefined && (proof === undefined || succeeds(path, proof))) return path;
  }
  return undefined;
}

const succeeds = (path, args) => spawnSync(path, args, { stdio: 'ignore' }).status === 0;

function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const { status } = spawnSync('apt-get', args, { stdio: ['ignore', 'inherit', 'inherit'], env });
  return status === 0;
}

/** How a tool came to be missing, and what to do about it. */
function advice({ name, debian, override }) {
  const chosen = override === undefined ? undefined : process.env[override];
  if (chosen) return `${name}: ${override} is ${chosen}, which is no program that can be run`;
  const instead = override === undefined ? '' : `, or set ${override} to its path`;
  return `${name}: missing; install it (Debian, Ubuntu: apt-get install --no-install-recommends ${debian})${instead}`;
}

const chosenByHand = ({ override }) => override !== undefined && Boolean(process.env[override]);
const missing = new Set(TOOLS.filter((tool) => find(tool) === undefined));
const installable = [...missing]
  .filter((tool) => !chosenByHand(tool))
  .flatMap(({ debian }) => debian.split(' '));

if (installable.length > 0 && process.getuid?.() === 0 && locate('apt-get') !== undefined) {
  console.log(`Installing ${installable.join(', ')} with apt-get.`);
  if (!aptGet('update', '-q') || !aptGet('install', '-q', '-y', '--no-install-recommends', ...installable)) {
    console.error('apt-get failed.');
  }
}

for (const tool of TOOLS) {
  const path = find(tool);
  if (path === undefined) {
    console.error(advice(tool));
    process.exitCode = 1;
  } else {
    console.log(`${tool.name}: ${missing.has(tool) ? 'installed' : 'there already'}, ${path}`);
  }
}
