import { readFile } from 'node:fs/promises';
import type { Ids } from '../base/ids.ts';
import { Secret } from '../base/secret.ts';
import { SettingsError } from '../base/settings-error.ts';
import { Pepper } from './pepper.ts';

const LEAST = 32;

/**
 * The pepper of these keys, each as text, `env:NAME` or `file:/path`. Without any it is made up: then links end with the
 * process, which is how a store in memory has it anyway.
 */
export async function readPepper(
  keys: readonly string[] = [],
  env: Readonly<Record<string, string | undefined>>,
  ids: Ids,
): Promise<Pepper> {
  const read = await Promise.all(keys.map((key) => readKey(key, env)));
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
  env: Readonly<Record<string, string | undefined>>,
): Promise<Secret | string> {
  const [, kind, name = ''] = /^(env|file):(.+)$/.exec(reference) ?? [];
  if (kind === undefined) return new Secret(reference);
  const text = kind === 'env' ? env[name] : await readFile(name, 'utf8').catch(() => undefined);
  if (text === undefined) return `pepperKeys: there is no ${reference}`;
  const key = text.trim();
  return key.length < LEAST ? `pepperKeys: ${reference} has fewer than ${LEAST} characters` : new Secret(key);
}
