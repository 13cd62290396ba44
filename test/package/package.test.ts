import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { OWN_TEST, packetBy, serviceBy, TYPED } from '../support/consumers.ts';
import type { Packed } from '../support/package.ts';
import {
  cleanEnv,
  emptyFolder,
  link,
  manifest,
  inWords,
  npm,
  packInto,
  weightOf,
  whyNoRegistry,
} from '../support/package.ts';
import { startProgram } from '../support/program.ts';
import { outsideOfVitest, vitestScript } from '../support/recipes.ts';
import { API_KEY, directoryOf, writeDirectory } from '../support/service.ts';
import type { Ran } from '../support/tools.ts';
import { run } from '../support/tools.ts';

const PACKED_LIMIT = 3e6;
const INSTALLED_LIMIT = 25e6;
const TSC = createRequire(import.meta.url).resolve('typescript/lib/tsc.js');
const LONG = { timeout: 90_000 };

const READY = /^Ready (http:\/\/[^\s,]+)/m;
/** A server that no link asks, since none is opened. */
const SERVER = {
  url: 'https://127.0.0.1:8443',
  release: '18.0',
  auth: { login: 'admin', password: 'env:PLESK_PASSWORD' },
};

const why = whyNoRegistry();
const skipped = why === undefined ? '' : ` (skipped: ${why})`;

const folder = why === undefined ? emptyFolder() : '';
/** A project that has installed the package and nothing else, and one that has the optional peers too. */
const [project, withPeers] = [join(folder, 'project'), join(folder, 'with-peers')];
let packed: Packed;

describe.skipIf(why !== undefined)(`the package, installed in an empty project${skipped}`, () => {
  beforeAll(async () => {
    packed = await packInto(folder);
    writeProject(project);
    await npm(project, 'install', '--no-audit', '--no-fund', '--prefer-offline', packed.tarball);
    cpSync(project, withPeers, { recursive: true, verbatimSymlinks: true });
    link(withPeers, 'vitest', 'ioredis');
  }, 300_000);

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  }, 60_000);

  it('takes at most 3 MB packed', () => {
    console.log(`packed: ${inWords(packed.size)}, ${packed.files.length} files`);
    expect(packed.size).toBeLessThanOrEqual(PACKED_LIMIT);
  });

  it('takes at most 25 MB installed, in blocks of a disk too', () => {
    const { bytes, onDisk } = weightOf(join(project, 'node_modules'));
    console.log(`installed: ${inWords(bytes)} in files, ${inWords(onDisk)} on disk`);
    expect(onDisk).toBeLessThanOrEqual(INSTALLED_LIMIT);
  });

  it('holds what runs, its types and its pages, and neither sources nor tests', () => {
    const paths = packed.files.map(({ path }) => path);
    const known =
      /^(dist\/bin\/[\w.-]+\.(cjs|txt|cdx\.json)|dist\/lib\/[\w-]+\.js|dist\/.+\.d\.ts|docs\/[\w-]+\.md|fixtures\/states\/\w+\.json|inspector\/[\w.-]+)$/;
    const besides = ['CHANGELOG.md', 'LICENSE', 'README.md', 'SECURITY.md', 'package.json'];

    expect(paths.filter((path) => !known.test(path)).toSorted()).toEqual(besides);
    for (const entry of [
      'bin/plesk-emulator.cjs',
      'bin/plesk-sso.cjs',
      'bin/LICENCES.txt',
      'bin/sbom.cdx.json',
    ])
      expect(paths).toContain(`dist/${entry}`);
  });

  it('has the licences of the libraries that are part of it', () => {
    const file = join(project, 'node_modules/plesk-emulator/dist/bin/LICENCES.txt');
    const licences = readFileSync(file, 'utf8');

    const libraries = ['express', 'undici', 'xml2js', '@fastify/busboy', 'body-parser'];
    const isThere = (library: string): boolean =>
      new RegExp(`^${library} [\\d.]+ \\(MIT\\)\n\n[^]{0,500}Permission is hereby granted`, 'm').test(
        licences,
      );

    expect(libraries.filter((library) => !isThere(library))).toEqual([]);
  });

  it('has an SBOM by which scanners see what is bundled, and the optional library for Redis', () => {
    const file = join(project, 'node_modules/plesk-emulator/dist/bin/sbom.cdx.json');
    const { components } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly components: readonly Readonly<Record<string, unknown>>[];
    };

    for (const library of ['express', 'undici', 'xml2js', 'ioredis']) {
      const version = manifest().devDependencies[library];
      expect(components.filter(({ name }) => name === library)).toEqual([
        expect.objectContaining({
          version,
          purl: `pkg:npm/${library}@${version}`,
          licenses: [{ expression: 'MIT' }],
          scope: library === 'ioredis' ? 'optional' : 'required',
        }),
      ]);
    }
  });

  it.each(['plesk-emulator', 'plesk-sso'])('npx %s --version is the version of the package', async (bin) => {
    const { stdout, stderr } = await npm(project, 'exec', '--no', '--', bin, '--version');

    expect(stdout, stderr).toBe(`${manifest().version}\n`);
  });

  it('plesk-emulator starts, with its seed and its inspector', async () => {
    const args = ['--http-port', '0', '--no-https', '--log', 'off', '--seed', 'demo'];
    const program = startProgram(args, {}, [join(project, 'node_modules/.bin/plesk-emulator')]);
    const [, url = ''] = READY.exec(await program.printed(READY)) ?? [];

    const [page, accounts] = await Promise.all(
      ['', 'accounts'].map((path) => fetch(`${url}/_emulator/${path}`)),
    );
    program.kill('SIGTERM');

    expect(await page?.text()).toContain('<!doctype html>');
    expect(await accounts?.text()).toContain('"carl"');
    expect(await program.ended).toMatchObject({ code: 0, stderr: '' });
  });

  it('plesk-sso starts, and answers its API', async () => {
    const env = {
      PLESK_SSO_PUBLIC_URL: 'https://sso.example.com',
      PLESK_SSO_CLIENT_AREA_URL: 'https://billing.example.com',
      PLESK_SSO_DIRECTORY: directory(),
      PLESK_SSO_DRAIN_MS: '0',
      PLESK_PASSWORD: 'changeme1Q**',
    };
    const args = ['serve', '--port', '0', '--metrics-port', '0', '--log', 'off'];
    const program = startProgram(args, env, [join(project, 'node_modules/.bin/plesk-sso')]);
    const [, url = ''] = READY.exec(await program.printed(READY)) ?? [];

    const response = await fetch(`${url}/api/Clients/CreateClientSsoToken`, {
      method: 'POST',
      headers: { Apikey: API_KEY, 'Content-Type': 'application/json' },
      body: '{"user_id":18,"destination":"ac-ps-products","destination_values":[]}',
    });
    program.kill('SIGTERM');

    expect(await response.text()).toContain('https://sso.example.com/sign-in?sso_token=');
    expect(await program.ended).toMatchObject({ code: 0 });
  });

  it.each(['plesk-emulator', 'plesk-emulator/emulator'])('%s answers a packet in process', async (name) => {
    const { stdout, stderr, code } = await runScript(project, packetBy(name));

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('<proto>1.6.6.0</proto>');
  });

  it('can be required too', async () => {
    const args = ['-p', "typeof require('plesk-emulator/emulator').startEmulator"];

    const { stdout } = await run(process.execPath, args, { cwd: project, env: cleanEnv() });

    expect(stdout).toBe('function\n');
  });

  it('plesk-emulator/token-service starts, and counts', async () => {
    const { stdout, stderr, code } = await runScript(project, serviceBy(directory()));

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toMatch(/^200 up$[^]*^plesk_sso_directory_loaded 1$/m);
  });

  it('says what to install for links in Redis, and uses it where it is', async () => {
    const script = serviceBy(directory(), 'redis://127.0.0.1:1');

    const [without, withIt] = await Promise.all(
      [project, withPeers].map((where) => runScript(where, script)),
    );

    expect(without?.stderr).toContain('a library that is not installed: npm install ioredis');
    expect(without?.code).toBe(1);
    expect(withIt?.stdout).toMatch(/^503 down$/m);
  });

  it('plesk-emulator/vitest gives each test an emulator', LONG, async () => {
    writeFileSync(join(withPeers, 'own.test.js'), OWN_TEST);
    const args = [vitestScript(), 'run', '--root', withPeers, '--no-color'];

    const { stdout, stderr, code } = await run(process.execPath, args, {
      cwd: withPeers,
      env: outsideOfVitest(),
      timeout: 60_000,
    });

    expect(stdout + stderr).toMatch(/Tests {2}1 passed \(1\)/);
    expect(code).toBe(0);
  });

  it.each([
    ['node16', 'node16'],
    ['esnext', 'bundler'],
  ])('has types for module %s, resolved as by %s', LONG, async (module, moduleResolution) => {
    const compilerOptions = { module, moduleResolution };

    // Without the peers every declaration is checked; those of vitest are not ours to check.
    const alone = typeCheck(project, { ...compilerOptions, skipLibCheck: false }, ['emulator', 'service']);
    const all = typeCheck(withPeers, { ...compilerOptions, skipLibCheck: true }, [
      'emulator',
      'service',
      'vitest',
    ]);

    expect(await alone).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(await all).toEqual({ code: 0, stdout: '', stderr: '' });
  });
});

/** A folder for a project that has nothing yet. */
function writeProject(path: string): void {
  mkdirSync(path);
  writeFileSync(join(path, 'package.json'), '{ "name": "empty", "private": true }');
}

const directory = (): string => writeDirectory(directoryOf({ 'plesk-1': SERVER }));

/** Runs an ES module of a project. */
function runScript(cwd: string, code: string): Promise<Ran> {
  return run(process.execPath, ['--input-type=module', '--eval', code], { cwd, env: cleanEnv() });
}

/** Checks what a project does with the package by the TypeScript that is installed here, in a file of its own each. */
function typeCheck(
  where: string,
  compilerOptions: Readonly<Record<string, unknown>>,
  names: readonly (keyof typeof TYPED)[],
): Promise<Ran> {
  const files = names.map((name) => `${name}.mts`);
  for (const name of names) writeFileSync(join(where, `${name}.mts`), TYPED[name]);
  const config = join(where, `tsconfig.${String(compilerOptions['moduleResolution'])}.json`);
  const shared = {
    target: 'es2023',
    lib: ['es2023'],
    strict: true,
    noEmit: true,
    types: ['node'],
    typeRoots: [resolve('node_modules/@types')],
  };
  writeFileSync(config, JSON.stringify({ compilerOptions: { ...shared, ...compilerOptions }, files }));
  return run(process.execPath, [TSC, '-p', config], { cwd: where, timeout: 60_000 });
}
