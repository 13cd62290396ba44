import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import type { JsonSchema } from '../../server/state/seed/json-schema.ts';
import { start } from '../support/emulator.ts';
import { violationsOf } from '../support/json-schema.ts';
import { runProgram } from '../support/program.ts';
import { folder } from '../support/tools.ts';
import { inServer, post, resultsIn } from '../support/wire.ts';

/** What init has written, and where. */
let files = '';
let text = '';
let schema: JsonSchema = {};

beforeAll(async () => {
  files = mkdtempSync(join(tmpdir(), 'init-'));
  const file = join(files, 'plesk-seed.yaml');
  await promisify(execFile)(process.execPath, ['--import', 'tsx', 'server/main.ts', 'init', file]);
  text = readFileSync(file, 'utf8');
  schema = JSON.parse(readFileSync(schemaOf(file), 'utf8')) as JsonSchema;
}, 30_000);

afterAll(() => {
  rmSync(files, { recursive: true, force: true });
});

/** A file with a seed of one test. */
function fileWith(seed: string): string {
  const file = join(folder('init'), 'seed.yaml');
  writeFileSync(file, seed);
  return file;
}

const schemaOf = (file: string): string => file.replace(/\.ya?ml$/, '.schema.json');

/** The seed with all that it has commented out. */
const whole = (text: string): string => text.replace(/^( *)#(?=\S)/gm, '$1');

/** The paths of all fields that a schema has, lists without their numbers. */
function fieldsOf(schema: JsonSchema, path = ''): readonly (readonly [path: string, field: JsonSchema])[] {
  const { properties = {}, items } = schema;
  const inner = Object.entries(properties).flatMap(([name, field]) => [
    [`${path}.${name}`, field] as const,
    ...fieldsOf(field, `${path}.${name}`),
  ]);
  return [...inner, ...(items === undefined ? [] : fieldsOf(items, path))];
}

/** The same of a value. */
function pathsIn(value: unknown, path = ''): readonly string[] {
  if (Array.isArray(value)) return value.flatMap((item) => pathsIn(item, path));
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    `${path}.${name}`,
    ...pathsIn(inner, `${path}.${name}`),
  ]);
}

it('writes a seed that an emulator starts with, and says how', async () => {
  const file = join(folder('init'), 'mine.yml');

  const { code, stdout } = await runProgram(['init', file]);
  const { plesk } = await start({ seed: file });

  expect(code).toBe(0);
  expect(stdout).toContain(`plesk-emulator --seed ${file}\n`);
  expect((await plesk.accounts.list()).map(({ login, role }) => `${login} ${role}`)).toEqual([
    'admin admin',
    'rita reseller',
    'carl customer',
  ]);
});

it('names the schema for editors in the first line, which is beside the seed', () => {
  expect(text.split('\n')[0]).toBe('# yaml-language-server: $schema=plesk-seed.schema.json');
});

it('has every field of a seed, each with what it is', () => {
  const fields = fieldsOf(schema).filter(([path]) => path !== '.$schema');

  const there = new Set(pathsIn(parse(whole(text))));
  expect(fields.map(([path]) => path).filter((path) => !there.has(path))).toEqual([]);
  expect(fields.filter(([, { description = '' }]) => description === '').map(([path]) => path)).toEqual([]);
  expect(fields.length).toBeGreaterThan(100);
});

it('is right also with all that it has commented out', async () => {
  const { plesk } = await start({ seed: fileWith(whole(text)) });

  expect(await plesk.accounts.get('carl')).toMatchObject({
    owner: 'rita',
    name: 'Carl Customer',
    externalId: 'whmcs-42',
    created: '2024-02-29',
  });
  expect((await plesk.accounts.get('rita')).ipPool).toEqual([{ address: '192.0.2.10', type: 'shared' }]);
  const answer = await post(plesk, inServer('<get><gen_info/><session_setup/></get>'));
  expect(resultsIn(answer)).toEqual(['ok']);
  expect(answer).toContain('<external-id>panel-1</external-id>');
  expect(answer).toContain('<login_timeout>20</login_timeout>');
});

it('shows the defaults, where what stands there is no example', async () => {
  const asked = inServer('<get><stat/><interfaces/><shells/><updates/></get>');
  const { plesk: plain } = await start({ seed: fileWith(text) });
  const examples = /^ *(?:clients|plesk_version|plesk_build|veid): .*\n/gm;
  const { plesk: same } = await start({ seed: fileWith(whole(text).replace(examples, '')) });

  expect(await post(same, asked)).toBe(await post(plain, asked));
});

it('writes a schema that its seed and the seed demo are right by', () => {
  expect(violationsOf(parse(text), schema)).toEqual([]);
  expect(violationsOf(parse(whole(text)), schema)).toEqual([]);
  const demo = JSON.parse(readFileSync('fixtures/states/demo.json', 'utf8')) as object;
  expect(violationsOf({ $schema: 'plesk-seed.schema.json', ...demo }, schema)).toEqual([]);
});

const withAccount = (more: object): object => ({
  accounts: [{ login: 'x', password: '12345', role: 'reseller', ...more }],
});

it.each([
  [{ accouns: [] }, 'seed.accouns is not known'],
  [{ accounts: [{ login: 'x', password: '12345' }] }, 'seed.accounts.0.role is missing'],
  [{ accounts: [{ login: 'x', password: 1, role: 'admin' }] }, 'seed.accounts.0.password is not of string'],
  [{ server: { stat: { load_avg: { l2: 1 } } } }, 'seed.server.stat.load_avg.l2 is not known'],
  [{ server: { stat: { objects: { domains: -1 } } } }, 'seed.server.stat.objects.domains is too small'],
  [{ server: { stat: { other: { inside_vz: 'yes' } } } }, /^seed\.server\.stat\.other\.inside_vz is none of/],
  [{ packets: '<packet/>' }, 'seed.packets is not of array'],
  [withAccount({ status: 'gone' }), 'seed.accounts.0.status is nothing that it may be'],
  [withAccount({ status: -1 }), 'seed.accounts.0.status is nothing that it may be'],
  [withAccount({ country: 'Germany' }), /^seed\.accounts\.0\.country is not of /],
  [withAccount({ created: '2025-02-29' }), /^seed\.accounts\.0\.created is not of /],
  [
    withAccount({ permissions: { manage_log: 'yes' } }),
    'seed.accounts.0.permissions.manage_log is not of boolean',
  ],
  [withAccount({ limits: { 'max cl': 1 } }), /^the name seed\.accounts\.0\.limits\.max cl is not of /],
  [withAccount({ limits: { max_cl: -2 } }), 'seed.accounts.0.limits.max_cl is nothing that it may be'],
  [withAccount({ ipPool: [{}] }), 'seed.accounts.0.ipPool.0.address is missing'],
  [{ ipAddresses: [{ address: '192.0.2.1', interface: '' }] }, 'seed.ipAddresses.0.interface is too short'],
  [{ disabledLocales: 'tr-TR' }, 'seed.disabledLocales is not of array'],
])('writes a schema that tells what is wrong with %j', (seed, wrong) => {
  expect(violationsOf(seed, schema)).toEqual([
    wrong instanceof RegExp ? expect.stringMatching(wrong) : wrong,
  ]);
});

it.each([
  ['the seed', 'plesk-seed.yaml'],
  ['the schema', 'plesk-seed.schema.json'],
])('writes nothing where %s is there already', async (_what, there) => {
  const own = folder('init');
  const file = join(own, 'plesk-seed.yaml');
  writeFileSync(join(own, there), 'mine');

  const { code, stdout, stderr } = await runProgram(['init', file]);

  expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
  expect(stderr).toBe(`plesk-emulator: ${join(own, there)} is there already; --force writes over\n`);
  expect(readFileSync(join(own, there), 'utf8')).toBe('mine');
  expect([file, schemaOf(file)].filter((one) => existsSync(one))).toEqual([join(own, there)]);
});

it('writes over both with --force', async () => {
  const file = join(folder('init'), 'plesk-seed.yaml');
  for (const one of [file, schemaOf(file)]) writeFileSync(one, 'mine');

  expect(await runProgram(['init', '--force', file])).toMatchObject({ code: 0, stderr: '' });

  expect(readFileSync(file, 'utf8')).toContain('accounts:');
  expect(readFileSync(schemaOf(file), 'utf8')).toMatch(/^\{\n/);
});

it('quotes a name with blanks in what it says to do next', async () => {
  const own = join(folder('init'), "it's mine");
  mkdirSync(own);

  const { stdout } = await runProgram(['init', join(own, 'seed.yaml')]);

  expect(stdout).toContain(String.raw`/it'\''s mine/seed.yaml'`);
});

it.each([
  [['seed.json'], 2, /seed\.json: the seed is YAML; name it \.yaml or \.yml/],
  [['a.yaml', 'b.yaml'], 2, /b\.yaml is not expected here/],
  [['--froce'], 2, /--froce is not known; do you mean --force\?/],
  [['/nowhere/seed.yaml'], 1, /the files cannot be written: .*ENOENT/],
])('refuses %j', async (args, expected, words) => {
  const { code, stdout, stderr } = await runProgram(['init', ...args]);

  expect({ code, stdout }).toEqual({ code: expected, stdout: '' });
  expect(stderr).toMatch(words);
});
