import { Secret } from '../../base/secret.ts';
import type { Env } from '../environment.ts';
import { envHint } from '../environment.ts';
import type { Pepper } from '../pepper.ts';
import type { Warn } from '../secret-file.ts';
import { readSecretFile } from '../secret-file.ts';

/** Where a credential is: the directory file never holds one as it is. */
export type Reference =
  | { readonly kind: 'env'; readonly name: string }
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'sealed'; readonly sealed: string };

/** Reads `env:NAME`, `file:/path` or `sealed:...`, or says in words what is wrong; the text itself is in no words. */
export function readReference(text: string): Reference | { readonly mistake: string } {
  const [, kind, rest = ''] = /^(env|file|sealed):(.*)$/su.exec(text) ?? [];
  if (kind === undefined) return { mistake: PLAIN };
  if (kind === 'env') {
    return VARIABLE.test(rest)
      ? { kind, name: rest }
      : { mistake: 'after env: comes the name of a variable: letters, digits and _' };
  }
  if (kind === 'file') {
    return rest.startsWith('/') && !rest.includes('\0')
      ? { kind, path: rest }
      : { mistake: 'after file: comes a path from the root, such as file:/run/secrets/plesk-1' };
  }
  return SEALED.test(rest)
    ? { kind: 'sealed', sealed: rest }
    : { mistake: 'what was sealed is not whole; seal it again by plesk-sso servers set ID --seal' };
}

const PLAIN =
  'a credential does not stand here as it is: write env:NAME or file:/run/secrets/NAME, or seal it by plesk-sso servers set ID --seal';

const VARIABLE = /^[A-Za-z_]\w*$/;
const SEALED = /^v1\.[\da-f]{8}\.[\w-]{38,}$/;

/** What references are resolved with. */
export interface Resolving {
  readonly env: Env | undefined;
  /** Without it sealed credentials stay shut. */
  readonly pepper: Pepper | undefined;
  /** Told of files of secrets that others may read. */
  readonly warn?: Warn | undefined;
}

/** What a credential of a server is sealed for, so that it opens in no other entry. */
export const sealedFor = (serverId: string): string => `directory ${serverId}`;

/** The credential behind a reference of a server, or in words why there is none. */
export async function resolveReference(
  reference: Reference,
  serverId: string,
  { env, pepper, warn }: Resolving,
): Promise<Secret | { readonly mistake: string }> {
  if (reference.kind === 'env') {
    // The process's own has the properties of every object.
    const value = env !== undefined && Object.hasOwn(env, reference.name) ? env[reference.name] : undefined;
    return value === undefined
      ? { mistake: `the environment variable ${reference.name} is not set${envHint(env)}` }
      : credential(value, `the environment variable ${reference.name}`);
  }
  if (reference.kind === 'file') {
    const found = await readSecretFile(reference.path, { warn });
    return 'mistake' in found ? found : credential(found.text.replace(/\r?\n$/, ''), reference.path);
  }
  if (pepper === undefined) return { mistake: 'it is sealed, and there is no pepper key to open it' };
  const opened = pepper.open(reference.sealed, sealedFor(serverId));
  return opened === undefined
    ? {
        mistake:
          'it was sealed with a pepper key that is not among these, or for another server; seal it again by plesk-sso servers set ID --seal',
      }
    : credential(opened, 'what was sealed');
}

/** A credential of one line, or in words why a text is none; `place` is where it stands. */
export function credential(text: string, place: string): Secret | { readonly mistake: string } {
  if (text === '') return { mistake: `${place} is empty` };
  // It goes into a header, where a line break would begin the next one.
  if (/\p{Cc}/u.test(text))
    return { mistake: `${place} has a line break or another control character in it` };
  return new Secret(text);
}
