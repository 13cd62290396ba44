import type { Secret } from '../../base/secret.ts';
import { digestOf, masked } from '../../base/secret.ts';
import { IndexOf } from './index-of.ts';
import type { StateView, View } from './versioned.ts';
import { Versioned } from './versioned.ts';

/** A key that stands for an account's login and password in the header KEY. */
export interface SecretKey {
  /** As create answers it: 8-4-4-4-12 hex digits. */
  readonly key: Secret;
  /** Eight hex digits, by which it is known where keys cannot be read any more. */
  readonly id: string;
  /** The addresses that it is accepted from, in normal form; none means any. */
  readonly addresses: readonly string[];
  readonly description: string;
  readonly accountId: number;
}

/** A key's id: eight digits of its digest, further back where another key has the first ones. */
export function idOfKey(key: string, isTaken: (id: string) => boolean): string {
  const digest = digestOf(key);
  for (let at = 0; at + ID_LENGTH <= digest.length; at += 1) {
    const id = digest.slice(at, at + ID_LENGTH);
    if (!isTaken(id)) return id;
  }
  return digest.slice(0, ID_LENGTH);
}

const ID_LENGTH = 8;

/** A new key of 32 hex digits: 8-4-4-4-12 of them. */
export const keyFrom = (hex: string): string =>
  hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');

/** How a log line calls a text that is meant to be a key: of one that has another form nothing is shown. */
export function nameOfKey(text: string): string {
  if (FORM.test(text)) return `secret key ${masked(text)}`;
  return ID.test(text) ? `secret key ${text}` : `secret key of ${text.length} characters`;
}

/** 8-4-4-4-12 hex digits, or 32; passwords are sent as keys too. */
const FORM = /^[\da-f]{8}(?:-?[\da-f]{4}){3}-?[\da-f]{12}$/i;
const ID = /^[\da-f]{8}$/;

/** A key under what it is kept by: its digest. */
const identified = ({ id, key }: SecretKey) => ({ id: digestOf(key.reveal()), keyId: id });

/** The secret keys of one panel, found by the key itself or by its id. */
export class SecretKeys {
  /** By the key's digest, so that a look-up says nothing of how far a guess was right. */
  readonly #keys: Versioned<string, SecretKey>;
  readonly #byId = new IndexOf(({ keyId }: ReturnType<typeof identified>) => keyId);
  readonly #byAccount = new IndexOf(({ accountId }: SecretKey) => accountId);

  /** With these keys to begin with; `changed` is called on every change. */
  constructor(seeded: readonly SecretKey[], changed?: () => void) {
    this.#keys = new Versioned(new Map(seeded.map((key) => [digestOf(key.key.reveal()), key])), {
      changed,
      replaced: (before, after) => {
        this.#byId.replace(before && identified(before), after && identified(after));
        this.#byAccount.replace(before, after);
      },
    });
  }

  /** The key with this text, as the header KEY has it. */
  byKey(key: string): SecretKey | undefined {
    return this.#keys.get(digestOf(key));
  }

  byId(id: string): SecretKey | undefined {
    const digest = this.#byId.one(id);
    return digest === undefined ? undefined : this.#keys.get(digest);
  }

  /** Those that stand for an account. */
  ofAccount(accountId: number): readonly SecretKey[] {
    return this.#byAccount.of(accountId).flatMap((id) => this.byId(id) ?? []);
  }

  /** All of them, in the order of their making. */
  all(): IterableIterator<SecretKey> {
    return this.#keys.values();
  }

  add(key: SecretKey): void {
    this.#keys.set(digestOf(key.key.reveal()), key);
  }

  delete({ key }: SecretKey): void {
    this.#keys.delete(digestOf(key.reveal()));
  }

  /** Takes these keys in place of all that there are. */
  replaceAll(keys: readonly SecretKey[]): void {
    for (const key of [...this.all()]) this.delete(key);
    for (const key of keys) this.add(key);
  }

  /** All keys as they are now, whatever becomes of them, until it is closed. */
  instant(): View<string, SecretKey> {
    return this.#keys.view();
  }

  view(): StateView {
    return this.#keys.mark();
  }
}
