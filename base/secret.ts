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

/** A text in which every run of 32 hex digits, which is what a token looks like, is masked, and passwords of URLs. */
export const withoutTokens = (text: string): string =>
  text.replace(/[\da-f]{32}/gi, masked).replace(/(passwd(?:=|%3D))(?:(?!%26|%23)[^&#\s'])*/gi, '$1..');

const digest = (value: string): Buffer => hash('sha256', value, 'buffer');

/** A secret's digest, by which it may be looked up: 64 hex digits that lead nobody back to it. */
export const digestOf = (value: string): string => hash('sha256', value, 'hex');
