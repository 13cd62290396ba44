import type { Secret } from '../../base/secret.ts';
import { digestOf, masked } from '../../base/secret.ts';
import { Table } from './table.ts';

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

const INDEXES = {
  // By its digest, so that the time of a look-up does not tell how far a guess was right.
  key: ({ key }: SecretKey) => digestOf(key.reveal()),
  account: ({ accountId }: SecretKey) => accountId,
};

/** The secret keys of one panel, found by the key itself or by its id. */
export class SecretKeys extends Table<SecretKey, typeof INDEXES> {
  constructor(rows: readonly SecretKey[], changed?: () => void) {
    super(INDEXES, rows, changed);
  }

  /** Adds a key, in place of another one with the same text. */
  override put(key: SecretKey): void {
    const same = this.byKey(key.key.reveal());
    if (same !== undefined && same.id !== key.id) this.remove(same);
    super.put(key);
  }

  /** The key with this text, as the header KEY has it. */
  byKey(key: string): SecretKey | undefined {
    return this.one('key', digestOf(key));
  }
}
