import type { SettingTable } from '../../base/settings.ts';
import { changeStored, readStored } from '../directory/database.ts';
import type { StoredKey } from '../directory/schema.ts';
import { readGiven, runSubcommand } from './command.ts';
import { EXIT } from './exit.ts';
import type { Invocation } from './invocation.ts';
import { CommandError } from './invocation.ts';
import { addKey } from './key-add.ts';
import { asJson, asTable, orDash } from './output.ts';

export const REVOKE_OPTIONS = {
  all: { kind: 'boolean', value: '', standard: false, says: 'revoke all keys of that name' },
} as const satisfies SettingTable;

/** `plesk-sso keys`: makes, lists and revokes the keys of the API. */
export const keys = (invocation: Invocation): Promise<number> =>
  runSubcommand('keys', { add: addKey, list: listKeys, revoke: revokeKey }, invocation);

async function listKeys(invocation: Invocation): Promise<number> {
  const { options, file } = readGiven({ usage: 'keys list', table: {}, words: [0, 0] }, invocation);
  const now = invocation.clock.now();
  const { api_keys: stored } = await readStored(file, now);
  const rows = stored.map((key) => shown(key, now));
  invocation.stdout(options.json ? asJson(rows) : asTable(HEADINGS, rows.map(cellsOf)));
  return EXIT.ok;
}

/** A key as it is shown; its digest is of use to nobody. */
const shown = ({ sha256: _, ...key }: StoredKey, now: number) => ({
  ...key,
  state: key.expires_at !== undefined && Date.parse(key.expires_at) <= now ? 'expired' : 'live',
});

const HEADINGS = ['ID', 'NAME', 'STATE', 'EXPIRES', 'ADDRESSES', 'ACTIONS', 'SCOPES', 'MODE'];

const cellsOf = (key: ReturnType<typeof shown>): readonly string[] => [
  key.id,
  key.name,
  key.state,
  orDash(key.expires_at),
  key.addresses?.join(',') ?? 'all',
  key.actions?.map((action) => action.replace(/^Clients\//, '')).join(',') ?? 'all',
  orDash(key.scopes?.join(',')),
  orDash(key.mode),
];

async function revokeKey(invocation: Invocation): Promise<number> {
  const form = { usage: 'keys revoke ID|NAME', table: REVOKE_OPTIONS, words: [1, 1] } as const;
  const { options, words, file } = readGiven(form, invocation);
  const [word = ''] = words;
  let revoked: readonly StoredKey[] = [];
  await changeStored(file, invocation, (stored) => {
    revoked = keysMeant(stored.api_keys, word, options.all ? 'all' : 'one');
    return { ...stored, api_keys: stored.api_keys.filter((key) => !revoked.includes(key)) };
  });
  const said = revoked.map(({ id, name }) => `The key ${name} (${id}) is revoked.\n`).join('');
  invocation.stdout(options.json ? asJson({ revoked: revoked.map(({ id }) => id) }) : said);
  return EXIT.ok;
}

/** The keys that a word names: by the id one, by a name all of them where that is wanted. */
function keysMeant(all: readonly StoredKey[], word: string, wanted: 'one' | 'all'): readonly StoredKey[] {
  const byId = all.filter(({ id }) => id === word);
  const found =
    byId.length > 0 && wanted === 'one' ? byId : all.filter(({ id, name }) => [id, name].includes(word));
  // Who gives the key itself would find it in the records of a terminal.
  if (found.length === 0 && word.startsWith('psso_key_'))
    throw new CommandError('a key is revoked by its id or name, which keys list shows');
  if (found.length === 0) throw new CommandError(`there is no key ${JSON.stringify(word)}`);
  if (found.length > 1 && wanted === 'one') {
    const ids = found.map(({ id }) => id).join(', ');
    throw new CommandError(
      `several keys are named ${word}: ${ids}; name one by its id, or revoke them with --all`,
    );
  }
  return found;
}
