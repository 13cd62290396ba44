import { hash, timingSafeEqual } from 'node:crypto';
import { inspect } from 'node:util';

/** A value that may be compared but never printed, logged or serialised by accident. */
export class Secret {
  readonly #value: string;
  #digest: Buffer | undefined;

  constructor(value: string) {
    this.#value = value;
  }

  /** The value itself, named so that every use is easy to find in review. */
  reveal(): string {
    return this.#value;
  }

  /** Compares in a time that says nothing of where the two differ. */
  matches(candidate: string): boolean {
    this.#digest ??= digest(this.#value);
    return timingSafeEqual(this.#digest, digest(candidate));
  }

  toJSON(): string {
    return '[secret]';
  }

  toString(): string {
    return '[secret]';
  }

  [inspect.custom](): string {
    return '[secret]';
  }
}

/** The first digits of a token: enough to find it again, too few to use it. */
export const masked = (token: string): string => `${token.slice(0, 6).replace(/[\ud800-\udbff]$/, '')}..`;

/**
 * A text that nobody can log in with: runs of 32 hex digits, which is what tokens look like, and keys of 8-4-4-4-12 are
 * cut to their first digits, and what stands in a URL as `passwd` goes. What `isPublic` knows only looks like one.
 */
export const withoutSecrets = (text: string, isPublic: (found: string) => boolean = () => false): string =>
  text.replace(TOKEN_OR_KEY, (found) => (isPublic(found) ? found : masked(found))).replace(PASSWORD, '$1..');

const TOKEN_OR_KEY = /[\da-f]{32}|[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/gi;
/** To the end of the parameter, or of the URL where a reason goes on behind it. */
const PASSWORD = /(passwd(?:=|%3D))(?:(?!' refused by|; |%26|%23)[^&#])*/gi;

const digest = (value: string): Buffer => hash('sha256', value, 'buffer');

/** A secret's digest, by which it may be looked up: 64 hex digits that lead nobody back to it. */
export const digestOf = (value: string): string => hash('sha256', value, 'hex');
