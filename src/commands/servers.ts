import { changeStored, readStored } from '../directory/database.ts';
import { readCertificates } from '../directory/certificates.ts';
import { credential, sealedFor } from '../directory/reference.ts';
import type { StoredDirectory, StoredServer } from '../directory/schema.ts';
import { readPepper } from '../pepper-keys.ts';
import { readSmall } from '../small-file.ts';
import { checkServers } from './check.ts';
import { readGiven, runSubcommand } from './command.ts';
import { EXIT } from './exit.ts';
import type { Invocation } from './invocation.ts';
import { CommandError, UsageError, warnInto } from './invocation.ts';
import { asJson, asTable, orDash } from './output.ts';
import { checkCredentials, entryAfter } from './server-entry.ts';
import { SERVER_OPTIONS } from './server-options.ts';

/** `plesk-sso servers`: says which Plesk servers there are, and whether they are as the directory says. */
export const servers = (invocation: Invocation): Promise<number> =>
  runSubcommand(
    'servers',
    { set: setServer, list: listServers, remove: removeServer, check: checkServers },
    invocation,
  );

async function setServer(invocation: Invocation): Promise<number> {
  const form = { usage: 'servers set ID', table: SERVER_OPTIONS, words: [1, 1] } as const;
  const { options, words, file } = readGiven(form, invocation);
  const [id = ''] = words;
  checkCredentials(options);
  const ca = options.ca === undefined ? undefined : await readCaFile(options.ca);
  const sealed = options.seal ? await sealFor(id, invocation, options.pepperKeys) : undefined;
  let entry: StoredServer | undefined;
  await changeStored(file, invocation, (stored) => {
    entry = entryAfter(serverIn(stored, id), { options, ca, sealed });
    return { ...stored, servers: { ...stored.servers, [id]: entry } };
  });
  if (entry !== undefined)
    invocation.stdout(options.json ? asJson(shown([id, entry])) : tableOf([[id, entry]]));
  return EXIT.ok;
}

async function readCaFile(path: string): Promise<string> {
  const found = await readSmall(path);
  const read = 'mistake' in found ? found : readCertificates(found.text);
  if ('mistake' in read) throw new UsageError([`--ca: ${read.mistake}`]);
  return read.value;
}

async function sealFor(
  id: string,
  invocation: Invocation,
  keys: readonly string[] | undefined,
): Promise<string> {
  const { env, ids, stdin } = invocation;
  // The service makes a pepper up where it has none; what that sealed nobody could open again.
  if (keys === undefined || keys.length === 0)
    throw new UsageError([
      '--seal: there is no pepper key to seal with; set PLESK_SSO_PEPPER_KEYS as the service has it',
    ]);
  const pepper = await readPepper(keys, env, ids, { warn: warnInto(invocation) });
  const secret = credential((await stdin()).replace(/\r?\n$/, ''), 'standard input');
  if ('mistake' in secret) throw new UsageError([`--seal: ${secret.mistake}`]);
  return `sealed:${pepper.seal(secret.reveal(), sealedFor(id))}`;
}

const serverIn = ({ servers: all }: StoredDirectory, id: string): StoredServer | undefined =>
  Object.hasOwn(all, id) ? all[id] : undefined;

type Entry = readonly [id: string, entry: StoredServer];

async function listServers(invocation: Invocation): Promise<number> {
  const { options, file } = readGiven({ usage: 'servers list', table: {}, words: [0, 0] }, invocation);
  const { servers: all } = await readStored(file, invocation.clock.now());
  const entries = Object.entries(all);
  invocation.stdout(options.json ? asJson(entries.map(shown)) : tableOf(entries));
  return EXIT.ok;
}

/** What is sealed is of use to nobody who looks. */
const referenceWords = (reference: string | undefined): string | undefined =>
  reference?.startsWith('sealed:') === true ? 'sealed' : reference;

/** An entry as programs are shown it. */
const shown = ([id, { auth, ...entry }]: Entry): object => ({
  id,
  ...entry,
  auth: {
    ...auth,
    secretKey: referenceWords(auth.secretKey),
    password: referenceWords(auth.password),
  },
});

const tableOf = (entries: readonly Entry[]): string =>
  asTable(
    ['ID', 'URL', 'RELEASE', 'CREDENTIAL', 'TRUST', 'TRUSTED REDIRECT HOSTS'],
    entries.map(([id, { url, release, auth, ca, fingerprint, trustedRedirectHosts }]) => [
      id,
      url,
      release,
      auth.login === undefined
        ? `key ${referenceWords(auth.secretKey) ?? ''}`
        : `${auth.login}, ${referenceWords(auth.password) ?? ''}`,
      ca !== undefined ? 'own CA' : fingerprint === undefined ? 'public CAs' : 'pinned',
      trustedRedirectHosts?.length === 0 ? 'none' : orDash(trustedRedirectHosts?.join(',')),
    ]),
  );

async function removeServer(invocation: Invocation): Promise<number> {
  const form = { usage: 'servers remove ID', table: {}, words: [1, 1] } as const;
  const { options, words, file } = readGiven(form, invocation);
  const [id = ''] = words;
  await changeStored(file, invocation, (stored) => {
    if (serverIn(stored, id) === undefined)
      throw new CommandError(`there is no server ${JSON.stringify(id)}`);
    const used = usersOf(stored, id);
    if (used.length > 0) {
      const some = used.slice(0, 5).join(', ');
      const all = used.length > 5 ? `${some} and ${used.length - 5} more` : some;
      throw new CommandError(`${id} has accounts of users (${all}); move or remove them first`);
    }
    return {
      ...stored,
      servers: Object.fromEntries(Object.entries(stored.servers).filter(([other]) => other !== id)),
    };
  });
  invocation.stdout(options.json ? asJson({ removed: id }) : `Removed: ${id}\n`);
  return EXIT.ok;
}

const usersOf = ({ users }: StoredDirectory, id: string): readonly string[] =>
  Object.entries(users)
    .filter(([, { accounts }]) => accounts.some(({ server }) => server === id))
    .map(([user]) => user);
