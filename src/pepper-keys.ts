import type { Ids } from '../base/ids.ts';
import { Secret } from '../base/secret.ts';
import { SettingsError } from '../base/settings-error.ts';
import type { Env } from './environment.ts';
import { envHint } from './environment.ts';
import { Pepper } from './pepper.ts';
import { weaknessOf } from './sample-secrets.ts';
import type { Warn } from './secret-file.ts';
import { readSecretFile } from './secret-file.ts';

const LEAST = 32;

/** How the keys of a pepper are read. */
export interface PepperReading {
  /** Whether keys that can be guessed are refused. */
  readonly isPublic?: boolean;
  /** Told of key files that others may read. */
  readonly warn?: Warn | undefined;
}

/**
 * The pepper of these keys, each as text, `env:NAME` or `file:/path`. Without any it is made up: then links end with the
 * process, which is how a store in memory has it anyway. A service that is public refuses keys that can be guessed.
 */
export async function readPepper(
  keys: readonly string[] = [],
  env: Env | undefined,
  ids: Ids,
  { isPublic = false, warn }: PepperReading = {},
): Promise<Pepper> {
  const read = await Promise.all(keys.map((key) => readKey(key, env, { isPublic, warn })));
  const mistakes = read.filter((one) => typeof one === 'string');
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  const [first = new Secret(ids.hex32() + ids.hex32()), ...rest] = read.filter(
    (one) => typeof one !== 'string',
  );
  return new Pepper([first, ...rest], ids);
}

/** A key, or what is wrong with it. */
async function readKey(
  reference: string,
  env: Env | undefined,
  { isPublic = false, warn }: PepperReading,
): Promise<Secret | string> {
  const [, kind, name = ''] = /^(env|file):(.+)$/.exec(reference) ?? [];
  const file = kind === 'file' ? await readSecretFile(name, { warn }) : undefined;
  if (file !== undefined && 'mistake' in file) return `pepperKeys: ${file.mistake}`;
  const text = file?.text ?? (kind === 'env' ? env?.[name] : reference);
  if (text === undefined) return `pepperKeys: there is no ${reference}${envHint(env)}`;
  const key = text.trim();
  const place = kind === undefined ? 'a key' : reference;
  if (key.length < LEAST) return `pepperKeys: ${place} has fewer than ${LEAST} characters`;
  const weakness = isPublic ? weaknessOf(key) : undefined;
  return weakness === undefined
    ? new Secret(key)
    : `pepperKeys: ${place} ${weakness}, which only a publicUrl on this machine may have; make one: openssl rand -base64 48`;
}
