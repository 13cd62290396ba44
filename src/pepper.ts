import type { KeyObject } from 'node:crypto';
import { createCipheriv, createDecipheriv, createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import type { Ids } from '../base/ids.ts';
import type { Secret } from '../base/secret.ts';

/** What a pepper key is good for, each part with a key of its own; made once, since Node 24 is slow to make one of bytes. */
interface Keys {
  /** Names the pepper in what it sealed; public. */
  readonly id: string;
  readonly digest: KeyObject;
  readonly seal: KeyObject;
}

/**
 * The service's own secret: what is kept of tokens is their HMAC under it, and the few values that must come back are
 * sealed with it. Several peppers may be live: the first is used for what is new, all for what is there already.
 */
export class Pepper {
  readonly #current: Keys;
  readonly #all: readonly Keys[];
  readonly #ids: Ids;

  /** Peppers of at least 32 characters, the current one first. */
  constructor([current, ...older]: readonly [Secret, ...Secret[]], ids: Ids) {
    this.#current = keysOf(current);
    this.#all = [this.#current, ...older.map(keysOf)];
    this.#ids = ids;
  }

  /** The public names of all live peppers, the current one first. */
  get ids(): readonly [string, ...string[]] {
    const [, ...older] = this.#all;
    return [this.#current.id, ...older.map(({ id }) => id)];
  }

  /** HMAC-SHA-256 under the current pepper, 64 hex digits. */
  digest(text: string): string {
    return hmac(this.#current.digest, text);
  }

  /** The same under each live pepper, the current one first. */
  digests(text: string): readonly string[] {
    return this.#all.map(({ digest }) => hmac(digest, text));
  }

  /** AES-256-GCM; what it belongs to has to be given again to open it. */
  seal(text: string, belongsTo: string): string {
    const nonce = Buffer.from(this.#ids.hex32().slice(-24), 'hex');
    const cipher = createCipheriv('aes-256-gcm', this.#current.seal, nonce).setAAD(Buffer.from(belongsTo));
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return `v1.${this.#current.id}.${sealed.toString('base64url')}`;
  }

  /** What was sealed, or `undefined` where it was sealed under another pepper, belongs to another, or was changed. */
  open(sealed: string, belongsTo: string): string | undefined {
    const [version, id, text = ''] = sealed.split('.');
    const keys = this.#all.find((one) => one.id === id);
    const bytes = Buffer.from(text, 'base64url');
    if (version !== 'v1' || keys === undefined || bytes.length < NONCE + TAG) return undefined;
    const decipher = createDecipheriv('aes-256-gcm', keys.seal, bytes.subarray(0, NONCE), {
      authTagLength: TAG,
    })
      .setAAD(Buffer.from(belongsTo))
      .setAuthTag(bytes.subarray(-TAG));
    try {
      return Buffer.concat([decipher.update(bytes.subarray(NONCE, -TAG)), decipher.final()]).toString('utf8');
    } catch {
      return undefined;
    }
  }
}

const NONCE = 12;
const TAG = 16;

const hmac = (key: KeyObject, text: string): string => createHmac('sha256', key).update(text).digest('hex');

function keysOf(pepper: Secret): Keys {
  const derive = (use: string): Buffer =>
    Buffer.from(hkdfSync('sha256', pepper.reveal(), '', `plesk-sso ${use}`, 32));
  return {
    id: derive('id').toString('hex').slice(0, 8),
    digest: createSecretKey(derive('digest')),
    seal: createSecretKey(derive('seal')),
  };
}
