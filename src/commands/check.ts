import { nearestName } from '../../base/nearest.ts';
import type { SettingTable } from '../../base/settings.ts';
import { readStored } from '../directory/database.ts';
import type { StoredDirectory, StoredServer } from '../directory/schema.ts';
import type { ServerSource } from '../directory/servers.ts';
import { serverFrom } from '../directory/servers.ts';
import { readPepper } from '../pepper-keys.ts';
import type { Plesk } from '../plesk/plesk.ts';
import { SETTINGS } from '../settings.ts';
import { checkFailureUrl } from './check-failure-url.ts';
import { compareFamilies } from './check-families.ts';
import type { Finding } from './check-server.ts';
import { checkServer } from './check-server.ts';
import { readGiven } from './command.ts';
import { EXIT } from './exit.ts';
import type { Invocation } from './invocation.ts';
import { CommandError, warnInto } from './invocation.ts';
import { asJson } from './output.ts';
import { SERVER_OPTIONS } from './server-options.ts';

export const CHECK_OPTIONS = {
  publicUrl: {
    ...SETTINGS.publicUrl,
    says: 'where browsers reach the service: its address families and the failureRedirectUrl of each Plesk are compared with it',
  },
  pepperKeys: SERVER_OPTIONS.pepperKeys,
} as const satisfies SettingTable;

/** What was found at one server. */
interface Checked {
  readonly id: string;
  readonly url: string;
  readonly findings: readonly Finding[];
}

/** `plesk-sso servers check [ID...]`: asks each Plesk who it is; fails where an entry is wrong or does not work. */
export async function checkServers(invocation: Invocation): Promise<number> {
  const { clock, env, ids, lookup, openPlesk, stdout } = invocation;
  const form = { usage: 'servers check [ID...]', table: CHECK_OPTIONS, words: [0, Infinity] } as const;
  const { options, words, file } = readGiven(form, invocation);
  const entries = entriesMeant(await readStored(file, clock.now()), words);
  const { publicUrl, pepperKeys = [] } = options;
  const pepper =
    pepperKeys.length === 0
      ? undefined
      : await readPepper(pepperKeys, env, ids, { warn: warnInto(invocation) });
  const plesk = openPlesk();
  const families = compareFamilies(publicUrl, lookup);
  const check = async ([id, entry]: Entry): Promise<Checked> => {
    const findings = await findingsAt(id, entry, { file, env, pepper }, { plesk, publicUrl });
    return { id, url: entry.url, findings: [...findings, ...(await families(entry.url))] };
  };
  const checked = await Promise.all(entries.map(check)).finally(() => plesk.close());
  stdout(options.json ? asJson(checked) : checked.map(asText).join('\n'));
  return checked.some(({ findings }) => findings.some(({ level }) => level === 'error'))
    ? EXIT.failed
    : EXIT.ok;
}

type Entry = readonly [id: string, entry: StoredServer];

function entriesMeant({ servers }: StoredDirectory, ids: readonly string[]): readonly Entry[] {
  const all = Object.entries(servers);
  if (ids.length === 0 && all.length === 0) throw new CommandError('the directory has no servers');
  if (ids.length === 0) return all;
  return ids.map((id) => {
    const found = all.find(([known]) => known === id);
    if (found !== undefined) return found;
    const near = nearestName(id, Object.keys(servers));
    const hint = near === undefined ? '' : `; do you mean ${near}?`;
    throw new CommandError(`there is no server ${JSON.stringify(id)}${hint}`);
  });
}

/** An entry whose credentials cannot be had is not asked with. */
async function findingsAt(
  id: string,
  entry: StoredServer,
  source: ServerSource,
  { plesk, publicUrl }: { readonly plesk: Plesk; readonly publicUrl: string | undefined },
): Promise<readonly Finding[]> {
  const warnings: Finding[] = [];
  const warn = (text: string): void => void warnings.push({ level: 'warning', code: 'secret_file', text });
  const found = await serverFrom(id, entry, { ...source, warn });
  if ('server' in found) {
    const ours = publicUrl === undefined ? [] : checkFailureUrl(found.server, publicUrl);
    return [...(await checkServer(found.server, plesk)), ...ours, ...warnings];
  }
  return found.mistakes.map((text) => ({ level: 'error', code: 'entry_unusable', text }));
}

const asText = ({ id, url, findings }: Checked): string =>
  [`${id}  ${url}`, ...findings.map(({ level, text }) => `  ${level.padEnd(7)}  ${text}`)]
    .map((line) => `${line}\n`)
    .join('');
