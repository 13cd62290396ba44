import { readFile } from 'node:fs/promises';
import type { Ids } from '../base/ids.ts';
import { Secret } from '../base/secret.ts';
import { SettingsError } from '../base/settings-error.ts';
import type { Env } from './environment.ts';
import { envHint } from './environment.ts';
import { Pepper } from './pepper.ts';
import { weaknessOf } from './sample-secrets.ts';

const LEAST = 32;

/**
 * The pepper of these keys, each as text, `env:NAME` or `file:/path`. Without any it is made up: then links end with the
 * process, which is how a store in memory has it anyway. A service that is public refuses keys that can be guessed.
 */
export async function readPepper(
  keys: readonly string[] = [],
  env: Env | undefined,
  ids: Ids,
  isPublic = false,
): Promise<Pepper> {
  const read = await Promise.all(keys.map((key) => readKey(key, env, isPublic)));
  const mistakes = read.filter((one) => typeof one === 'string');
  if (mistakes.length > 0) throw new SettingsError(mistakes);
  const [first = new Secret(ids.hex32() + ids.hex32()), ...rest] = read.filter(
    (one) => typeof one !== 'string',
  );
  return new Pepper([first, ...rest], ids);
}

/** A key, or what is wrong with it. */
async function readKey(reference: string, env: Env | undefined, isPublic: boolean): Promise<Secret | string> {
  const [, kind, name = ''] = /^(env|file):(.+)$/.exec(reference) ?? [];
  const text =
    kind === undefined
      ? reference
      : kind === 'env'
        ? env?.[name]
        : await readFile(name, 'utf8').catch(() => undefined);
  if (text === undefined) return `pepperKeys: there is no ${reference}${kind === 'env' ? envHint(env) : ''}`;
  const key = text.trim();
  const place = kind === undefined ? 'a key' : reference;
  if (key.length < LEAST) return `pepperKeys: ${place} has fewer than ${LEAST} characters`;
  const weakness = isPublic ? weaknessOf(key) : undefined;
  return weakness === undefined
    ? new Secret(key)
    : `pepperKeys: ${place} ${weakness}, which only a publicUrl on this machine may have; make one: openssl rand -base64 48`;
}
