import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import type { SettingTable } from '../../base/settings.ts';
import { nearestVersion } from '../../base/nearest-version.ts';
import { readSettings } from '../../base/read-settings.ts';
import { checkSettingValues, flagOf, variableOf } from '../../base/settings.ts';

const TABLE = {
  name: { kind: 'text', value: 'NAME', says: 'a name' },
  httpPort: { kind: 'number', value: 'N', says: 'a port' },
  reuse: { kind: 'boolean', value: '', says: 'again' },
  trustedHosts: { kind: 'list', value: 'HOSTS', says: 'hosts' },
  version: {
    kind: 'text',
    value: 'VERSION',
    choices: ['1.0', '2.0', '2.1'],
    choiceFor: (text) => nearestVersion(text, ['1.0', '2.0', '2.1']),
    says: 'a version',
  },
  mode: { kind: 'text', value: 'a|b', choices: ['a', 'b'], says: 'one of two' },
} as const satisfies SettingTable;

const read = (args: readonly string[], env: Record<string, string> = {}): ReturnType<typeof readSettings> =>
  readSettings(TABLE, args, env, 'X_');

/** All but where it was found. */
function found(...given: Parameters<typeof read>): Omit<ReturnType<typeof read>, 'places'> {
  const { values, positionals, mistakes } = read(...given);
  return { values, positionals, mistakes };
}

it.each([
  ['httpPort', 'http-port', 'X_HTTP_PORT'],
  ['name', 'name', 'X_NAME'],
  ['apiAllowedIps', 'api-allowed-ips', 'X_API_ALLOWED_IPS'],
])('calls %s --%s and %s', (name, flag, variable) => {
  expect([flagOf(name), variableOf('X_', name)]).toEqual([flag, variable]);
});

it.each([
  [['--name', 'x'], { name: 'x' }],
  [['--name=x'], { name: 'x' }],
  [['--name='], { name: '' }],
  [['--name=a=b'], { name: 'a=b' }],
  [['--http-port', '0'], { httpPort: 0 }],
  [['--http-port=8880'], { httpPort: 8880 }],
  [['--reuse'], { reuse: true }],
  [['--no-reuse'], { reuse: false }],
  [['--reuse=false'], { reuse: false }],
  [['--reuse=ON'], { reuse: true }],
  [['--trusted-hosts', 'a,b'], { trustedHosts: ['a', 'b'] }],
  [['--trusted-hosts', 'a, b  c,'], { trustedHosts: ['a', 'b', 'c'] }],
  [['--trusted-hosts='], { trustedHosts: [] }],
  [['--trusted-hosts', 'a,b', '--trusted-hosts=c'], { trustedHosts: ['a', 'b', 'c'] }],
  [['--version', '2.1.9'], { version: '2.1.9' }],
  [['--mode', 'b'], { mode: 'b' }],
  [[], {}],
])('reads %j', (args, values) => {
  const { places, ...rest } = read(args);

  expect(rest).toEqual({ values, positionals: [], mistakes: [] });
  expect(Object.keys(places)).toEqual(Object.keys(values));
});

const ENVIRONMENTS: readonly (readonly [Record<string, string>, Record<string, unknown>])[] = [
  [{ X_NAME: 'x' }, { name: 'x' }],
  [{ X_NAME: '', X_HTTP_PORT: '', X_REUSE: '', X_MODE: '' }, {}],
  [{ X_HTTP_PORT: '8880' }, { httpPort: 8880 }],
  ...['true', 'on', '1', 'yes', 'TRUE', 'Yes'].map((text) => [{ X_REUSE: text }, { reuse: true }] as const),
  ...['false', 'off', '0', 'no', 'False'].map((text) => [{ X_REUSE: text }, { reuse: false }] as const),
  [{ X_TRUSTED_HOSTS: 'a b,c' }, { trustedHosts: ['a', 'b', 'c'] }],
  [{ X_TRUSTED_HOSTS: '' }, { trustedHosts: [] }],
  [{ X_MODE: 'a', NAME: 'no', Y_NAME: 'no' }, { mode: 'a' }],
];

it.each(ENVIRONMENTS)('reads the environment %j', (env, values) => {
  const { places, ...rest } = read([], env);

  expect(rest).toEqual({ values, positionals: [], mistakes: [] });
  for (const place of Object.values(places)) expect(env).toHaveProperty(place);
});

it('prefers the command line to the environment, each setting for itself', () => {
  const env = { X_NAME: 'environment', X_HTTP_PORT: '1', X_REUSE: 'true' };

  expect(found(['--name', 'flag', '--no-reuse'], env).values).toEqual({
    name: 'flag',
    httpPort: 1,
    reuse: false,
  });
});

it.each([
  [['--nope'], '--nope is not known; --help lists what is'],
  [['--nam'], '--nam is not known; do you mean --name?'],
  [['--http-port-number', '1'], '--http-port-number is not known; do you mean --http-port?'],
  [['--nmae', 'x'], '--nmae is not known; do you mean --name?'],
  [['--HTTP-PORT', '1'], '--HTTP-PORT is not known; do you mean --http-port?'],
  [['--httpPort=1'], '--httpPort is not known; do you mean --http-port?'],
  [['--no-reues'], '--no-reues is not known; do you mean --no-reuse?'],
  [['--no-name'], '--no-name is not known; --name is no switch'],
  [['--no-reuse=false'], "--no-reuse takes no value, such as 'false'"],
  [['--no-reuse='], "--no-reuse takes no value, such as ''"],
  [['--name'], '--name needs a value: --name NAME'],
  [['--http-port'], '--http-port needs a value: --http-port N'],
  [['--http-port', 'x'], "--http-port: 'x' is no whole number"],
  [['--http-port='], "--http-port: '' is no whole number"],
  [['--http-port=-1'], "--http-port: '-1' is no whole number"],
  [['--http-port', '1.5'], "--http-port: '1.5' is no whole number"],
  [['--http-port', '0x10'], "--http-port: '0x10' is no whole number"],
  [['--reuse=maybe'], "--reuse: 'maybe' is no true or false"],
  [['--mode', 'c'], "--mode: 'c' is none of a, b"],
  [['--name', 'a', '--name=b'], '--name is given twice; give it once'],
  [['--reuse', '--no-reuse'], '--no-reuse is given twice, first as --reuse; give it once'],
  [['--version', '3'], "--version: '3' is none of 1.0, 2.0, 2.1"],
])('says what is wrong with %j', (args, mistake) => {
  const { mistakes } = read(args);

  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]).toBe(mistake);
});

const WRONG_ENVIRONMENTS: readonly (readonly [Record<string, string>, string])[] = [
  [{ X_HTTP_PORT: 'x' }, "X_HTTP_PORT: 'x' is no whole number"],
  [{ X_REUSE: 'maybe' }, "X_REUSE: 'maybe' is no true or false"],
  [{ X_MODE: 'c' }, "X_MODE: 'c' is none of a, b"],
];

it.each(WRONG_ENVIRONMENTS)('says what is wrong with the environment %j', (env, mistake) => {
  expect(found([], env)).toEqual({ values: {}, positionals: [], mistakes: [mistake] });
});

it('takes what follows an unknown flag for its value', () => {
  expect(read(['--port', '9000', 'start'])).toMatchObject({
    positionals: [{ word: 'start' }],
    mistakes: ['--port is not known; do you mean --http-port?'],
  });
});

it('names every mistake, and gives what was right beside them', () => {
  expect(found(['start', '--nope', '--http-port', 'x', '--name', 'n'], { X_REUSE: '?' })).toEqual({
    values: { name: 'n' },
    positionals: [{ word: 'start' }],
    mistakes: [
      "X_REUSE: '?' is no true or false",
      '--nope is not known; --help lists what is',
      "--http-port: 'x' is no whole number",
    ],
  });
});

it.each([
  ['a setting named like a method', ['--constructor', 'x']],
  ['another', ['--__proto__', 'x']],
  ['a short flag', ['-x']],
])('does not know %s', (_case, args) => {
  const { values, mistakes } = read(args);

  expect(mistakes).toHaveLength(1);
  expect(Object.keys(values)).toEqual([]);
});

it('takes all that follows -- for words', () => {
  expect(found(['--name', 'x', '--', '--nope', 'y'])).toEqual({
    values: { name: 'x' },
    positionals: [{ word: '--nope' }, { word: 'y' }],
    mistakes: [],
  });
});

it('throws at nothing', () => {
  const word = fc.oneof(
    fc.string(),
    fc.constantFrom('--name', '--no-reuse', '--', '-', '--=', '--http-port=1'),
  );
  fc.assert(
    fc.property(fc.array(word), fc.string(), (args, text) => {
      readSettings(TABLE, args, { X_NAME: text, X_HTTP_PORT: text, X_REUSE: text, X_MODE: text }, 'X_');
    }),
  );
});

it('says where each setting was set, as it was written', () => {
  const { places } = read(['--no-reuse', '--http-port=1'], { X_NAME: 'x', X_HTTP_PORT: '2' });

  expect(places).toEqual({ name: 'X_NAME', httpPort: '--http-port', reuse: '--no-reuse' });
});

it.each([
  [['--reuse', 'maybe'], [{ word: 'maybe', behind: '--reuse' }]],
  [
    ['--no-reuse', 'x', 'y'],
    [{ word: 'x', behind: '--no-reuse' }, { word: 'y' }],
  ],
  [['x', '--reuse'], [{ word: 'x' }]],
  [['--reuse=1', 'x'], [{ word: 'x' }]],
  [['--name', 'n', 'x'], [{ word: 'x' }]],
  [['--reuse', '--', 'x'], [{ word: 'x' }]],
])('says which words of %j stand behind a switch', (args, positionals) => {
  expect(read(args).positionals).toEqual(positionals);
});

it.each([
  ['httpport', 'httpport is not known; do you mean httpPort?'],
  ['http_port', 'http_port is not known; do you mean httpPort?'],
  ['trustedHost', 'trustedHost is not known; do you mean trustedHosts?'],
  ['colour', 'colour is not known'],
  ['constructor', 'constructor is not known'],
])('says which option may be meant by %s', (name, mistake) => {
  expect(checkSettingValues(TABLE, { [name]: 'x' }, (one) => one)).toEqual({
    values: {},
    mistakes: [mistake],
  });
});

it.each([
  ['2.1', '2.1'],
  ['2', '2.1'],
  ['2.1.9', '2.1'],
  ['2.0.0', '2.0'],
])('takes %s for the version %s, whoever gives it', (version, row) => {
  const { values, mistakes } = checkSettingValues(TABLE, { version }, (name) => name);

  expect({ values, mistakes }).toEqual({ values: { version: row }, mistakes: [] });
});
