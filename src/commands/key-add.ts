import { nearestName } from '../../base/nearest.ts';
import { parseNetwork } from '../../base/networks.ts';
import { digestOf } from '../../base/secret.ts';
import type { SettingTable } from '../../base/settings.ts';
import { mintApiKey } from '../directory/api-key.ts';
import { changeStored } from '../directory/database.ts';
import type { Action, Scope } from '../directory/directory.ts';
import { ACTIONS, MODES, SCOPES } from '../directory/directory.ts';
import type { StoredKey } from '../directory/schema.ts';
import { readGiven } from './command.ts';
import { EXIT } from './exit.ts';
import { expiryFrom } from './expiry.ts';
import type { Invocation } from './invocation.ts';
import { UsageError } from './invocation.ts';
import { asJson } from './output.ts';

export const ADD_OPTIONS = {
  addresses: {
    kind: 'list',
    value: 'CIDRS',
    form: {
      name: 'address or CIDR range such as 192.0.2.0/24, whose bits beyond the prefix are 0',
      holds: (text) => parseNetwork(text) !== undefined,
    },
    says: 'where the key is accepted from, with commas; from everywhere without it',
  },
  actions: {
    kind: 'list',
    value: 'ACTIONS',
    says: `what the key may call, with commas: ${ACTIONS.join(', ')}; all of them without it`,
  },
  scopes: {
    kind: 'list',
    value: 'SCOPES',
    says: `what the key may do besides logging customers in, with commas: ${SCOPES.join(', ')}`,
  },
  expires: {
    kind: 'text',
    value: 'DATE',
    says: 'when the key ends: 2026-12-31 (with that day, UTC), 2026-12-31T18:00:00+01:00, or 90d from now',
  },
  mode: {
    kind: 'text',
    value: MODES.join('|'),
    choices: MODES,
    says: "how the key's links open where a request does not say; as the service is set without it",
  },
} as const satisfies SettingTable;

/** `plesk-sso keys add NAME`: prints a new key, this once; the directory keeps its SHA-256. */
export async function addKey(invocation: Invocation): Promise<number> {
  const { clock, ids, stdout, stderr } = invocation;
  const form = { usage: 'keys add NAME', table: ADD_OPTIONS, words: [1, 1] } as const;
  const { options, words, file } = readGiven(form, invocation);
  const { addresses, expires, mode } = options;
  const [name = ''] = words;
  const actions =
    options.actions === undefined ? undefined : chosen<Action>('--actions', options.actions, ACTIONS);
  const scopes = options.scopes === undefined ? undefined : chosen<Scope>('--scopes', options.scopes, SCOPES);
  const expiresAt = expires === undefined ? undefined : expiryFrom(expires, clock.now());
  const key = mintApiKey(ids);
  const terms: Omit<StoredKey, 'id' | 'sha256'> = {
    name,
    ...(addresses === undefined ? {} : { addresses: [...addresses] }),
    ...(actions === undefined ? {} : { actions }),
    ...(scopes === undefined ? {} : { scopes }),
    ...(expiresAt === undefined ? {} : { expires_at: expiresAt }),
    ...(mode === undefined ? {} : { mode }),
  };
  const sha256 = digestOf(key.reveal());
  let id = '';
  let others: readonly StoredKey[] = [];
  await changeStored(file, invocation, (stored) => {
    others = stored.api_keys.filter((other) => other.name === name);
    do id = ids.hex32().slice(0, 8);
    while (stored.api_keys.some((other) => other.id === id || other.name === id));
    return { ...stored, api_keys: [...stored.api_keys, { id, sha256, ...terms }] };
  });
  if (options.json) {
    stdout(asJson({ id, ...terms, key: key.reveal() }));
    return EXIT.ok;
  }
  stdout(`${key.reveal()}\n`);
  stderr(`This is the key ${name} (${id}), for the header Apikey. It is shown this once and kept nowhere.\n`);
  if (others.length > 0)
    stderr(`Once it is in use, revoke the one before: plesk-sso keys revoke ${others.at(-1)?.id ?? ''}\n`);
  return EXIT.ok;
}

/** The entries of a list, each one of those that are known. */
function chosen<C extends string>(flag: string, given: readonly string[], known: readonly C[]): C[] {
  const mistakes: string[] = [];
  const found = given.flatMap((text) => {
    const one = known.find((name) => name === text);
    if (one !== undefined) return [one];
    const near = nearestName(text, known);
    const hint = near === undefined ? `there are ${known.join(', ')}` : `do you mean ${near}?`;
    mistakes.push(`${flag}: '${text}' is not known; ${hint}`);
    return [];
  });
  if (mistakes.length > 0) throw new UsageError(mistakes);
  return found;
}
