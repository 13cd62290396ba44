import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Emulator, EmulatorOptions } from '../../server/emulator.ts';
import { SeedError, startEmulator } from '../../server/emulator.ts';
import { folder } from '../support/tools.ts';

const CARL = 'accounts:\n  - login: carl\n    password: secret\n    role: customer\n';
const CARL_JSON = '{"accounts":[{"login":"carl","password":"secret","role":"customer"}]}';

function fileWith(content: string | Buffer, name = 'seed.yaml'): string {
  const file = join(folder('seed'), name);
  writeFileSync(file, content);
  return file;
}

async function bare(seed: NonNullable<EmulatorOptions['seed']>): Promise<Emulator> {
  const plesk = await startEmulator({ seed, listen: false });
  onTestFinished(() => plesk.close());
  return plesk;
}

const loginsOf = async (plesk: Emulator): Promise<readonly string[]> =>
  (await plesk.accounts.list()).map(({ login }) => login);

async function mistakesOf(content: string | Buffer, name?: string): Promise<readonly string[]> {
  const failure = await bare(fileWith(content, name)).catch((error: unknown) => error);
  if (!(failure instanceof SeedError)) throw new Error('the seed was accepted');
  return failure.mistakes;
}

it.each([
  ['seed.yaml', CARL],
  ['seed.yml', CARL],
  ['SEED.YAML', CARL],
  ['seed.yaml', CARL_JSON],
  ['seed.json', CARL_JSON],
  ['seed', CARL_JSON],
  ['seed', CARL],
  ['seed.txt', `# carl alone\n---\n${CARL}`],
  ['seed.yaml', `\ufeff${CARL}`],
  ['seed.json', `\ufeff${CARL_JSON}`],
  ['seed.yaml', CARL.replaceAll('\n', '\r\n')],
])('reads %s with %j', async (name, content) => {
  expect(await loginsOf(await bare(fileWith(content, name)))).toEqual(['admin', 'carl']);
});

it.each(['', '# nothing\n', '---\n'])(
  'takes YAML that says nothing, %j, for a seed that does',
  async (content) => {
    expect(await loginsOf(await bare(fileWith(content)))).toEqual(['admin']);
  },
);

it('lets rows share what they have in common by anchors', async () => {
  const content = `accounts:\n  - &one { login: carl, password: secret, role: customer }\n  - { <<: *one, login: cora }\n`;

  expect(await loginsOf(await bare(fileWith(content)))).toEqual(['admin', 'carl', 'cora']);
});

it.each([
  ['a text in quotes that nothing ends', "accounts:\n  - login: 'carl\n", /^line 3, column 1: /],
  [
    'a tab',
    'accounts:\n\t- login: carl\n',
    'line 2, column 1: this is a tab; lines are indented with blanks',
  ],
  ['a name twice', 'server: {}\nserver: {}\n', 'line 2, column 1: this name is there already'],
  [
    'two documents',
    'server: {}\n---\nserver: {}\n',
    'line 2, column 1: a second document begins here, and a seed is one',
  ],
  [
    'lines that do not begin in one column',
    'accounts:\n  - login: a\n   password: b\n',
    /^line 3, column 1: /,
  ],
  ['an anchor without a name', 'accounts: & []', /^line 1, column \d+: /],
])('says where %s is', async (_what, content, words) => {
  const [mistake = ''] = await mistakesOf(content);

  const [file, says] = mistake.split(' is no YAML: ');
  expect(file).toMatch(/seed\.yaml$/);
  expect(says).toEqual(words instanceof RegExp ? expect.stringMatching(words) : words);
});

it.each([
  ['*topsecret', 'there is no anchor (&) of this name above; a text that begins with * stands in quotes'],
  ['!topsecret', 'this tag is not known; a text that begins with ! stands in quotes'],
  ['!topsecret x', 'this tag is not known; a text that begins with ! stands in quotes'],
  ['@topsecret', 'a text that begins with this character stands in quotes'],
  ['%topsecret', 'a text that begins with this character stands in quotes'],
  [String.raw`"\topsecre\q"`, 'there is no such escape; in single quotes a backslash is one'],
  ['top: secret', 'a colon is not expected here; a text with a colon and a blank stands in quotes'],
  ['"top" secret', 'this is not expected here'],
])('shows nothing of the password %s, and says what helps', async (password, says) => {
  const mistakes = await mistakesOf(CARL.replace('password: secret', `password: ${password}`));

  expect(mistakes).toHaveLength(1);
  expect(mistakes[0]).toMatch(/seed\.yaml is no YAML: line 3, column \d+: /);
  expect(mistakes[0]).toContain(says);
  expect(mistakes[0]).not.toMatch(/topsecret|secre\\q|top: secret|" secret/);
});

it('says that a file whose aliases blow up stands for too much', async () => {
  const rows = Array.from({ length: 9 }, (_, index) =>
    index === 0
      ? '- &a0 [x, x, x, x, x, x, x, x, x, x]'
      : `- &a${index} [${Array.from({ length: 10 }, () => `*a${index - 1}`).join(', ')}]`,
  );

  expect(await mistakesOf(`${rows.join('\n')}\n`)).toEqual([
    expect.stringMatching(/seed\.yaml is no YAML: its aliases \(\*\) stand for too much$/),
  ]);
});

it.each([
  [
    'password: secret',
    'password: 12345',
    /line 3: accounts\.0\.password: this is a number, .*put it in quotes$/,
  ],
  [
    'password: secret',
    'password: true',
    /line 3: accounts\.0\.password: this is true or false, .*put it in quotes$/,
  ],
  [
    'password: secret',
    'password:',
    /line 3: accounts\.0\.password: there is nothing here, .*leave its name out/,
  ],
])('names the path where %j is %j, and says what helps', async (right, wrong, says) => {
  expect(await mistakesOf(CARL.replace(right, wrong))).toEqual([expect.stringMatching(says)]);
});

it.each([
  ['UTF-16', Buffer.from(`\ufeff${CARL}`, 'utf16le')],
  ['Latin-1', Buffer.from(`# ä\n${CARL}`, 'latin1')],
])('says that a file in %s is not UTF-8', async (_name, content) => {
  expect(await mistakesOf(content)).toEqual([expect.stringMatching(/seed\.yaml is not UTF-8; save it/)]);
});

it('takes the name for what is in it: YAML in a file of JSON is a mistake', async () => {
  expect(await mistakesOf(CARL, 'seed.json')).toEqual([
    expect.stringMatching(/seed\.json is no JSON: line 1, column 1: /),
  ]);
});

it('reads a $schema for editors, and nothing more of it', async () => {
  const plesk = await bare({ $schema: './plesk-seed.schema.json', accounts: [] });

  expect(await loginsOf(plesk)).toEqual(['admin']);
});

const MISSPELT = `accounts:
  - login: carl
    pasword: secret
    role: custmer
  - login: 12
    password: secret
    role: customer
    owner: nobody
ipAdresses: []
server:
  stat: { versoin: {} }
`;

it('says file, line and the nearest name of each mistake, and a misspelt name is one', async () => {
  const file = fileWith(MISSPELT);

  const failure = await bare(file).catch((error: unknown) => error);

  const mistakes = failure instanceof SeedError ? failure.mistakes : [];
  expect(mistakes.map((mistake) => mistake.split(': ').slice(0, 2).join(' '))).toEqual([
    `${file}, line 3 accounts.0.pasword`,
    `${file}, line 4 accounts.0.role`,
    `${file}, line 5 accounts.1.login`,
    `${file}, line 8 accounts.1.owner`,
    `${file}, line 9 ipAdresses`,
    `${file}, line 11 server.stat.versoin`,
  ]);
  const meant = mistakes.map((mistake) => /do you mean (\w+)\?/.exec(mistake)?.[1]);
  expect(meant).toEqual(['password', 'customer', undefined, undefined, 'ipAddresses', 'version']);
  expect(mistakes.join('\n')).not.toMatch(/Invalid|Unrecognized|expected|received/);
});

it('says the line in JSON too, and that of a packet', async () => {
  const json = '{\n"accounts": [\n{ "login": "carl",\n"pasword": "x", "role": "customer" }]}';
  const packets =
    'packets:\n  - <packet><server><get_protos/></server></packet>\n  - <packet><nope/></packet>\n';

  expect(await mistakesOf(json, 'seed.json')).toEqual([
    expect.stringMatching(/seed\.json, line 4: accounts\.0\.pasword: .*password\?$/),
  ]);
  expect(await mistakesOf(packets)).toEqual([expect.stringMatching(/seed\.yaml, line 3: packets\.1: /)]);
  expect(await mistakesOf('<packet><nope/></packet>', 'seed.xml')).toEqual([
    expect.stringMatching(/seed\.xml: packets\.0: /),
  ]);
});
