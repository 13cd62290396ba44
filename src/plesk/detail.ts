import type { Secret } from '../../base/secret.ts';
import { withoutSecrets } from '../../base/secret.ts';

/** What happened, for the log: on one line, at most 200 characters, without secrets or these. */
export function detailOf(text: string, ...secrets: readonly Secret[]): string {
  let told = text;
  for (const secret of secrets) {
    const value = secret.reveal();
    if (value !== '') told = told.replaceAll(value, '[secret]');
  }
  const line = withoutSecrets(told).replace(UNSEEN, ' ').trim();
  return line.length <= MOST ? line : `${line.slice(0, MOST - 2).replace(HALF_PAIR, '')}..`;
}

const MOST = 200;
/** Controls, marks that turn the direction of text, halves of pairs, and the line ends of Unicode. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]+/gu;
const HALF_PAIR = /[\ud800-\udbff]$/;

/** An error of Node or undici, for the log; that of several addresses has its words in its parts. */
export function wordsOf(error: Error): string {
  const parts: readonly unknown[] = error instanceof AggregateError ? error.errors : [error];
  const words = parts.map((part) => (part instanceof Error ? part.message : String(part)));
  return detailOf(words.join('; ').replace(OPENSSL, '$1: $2'));
}

/** OpenSSL puts places in its own code around the two parts that tell. */
const OPENSSL = /^[\dA-F]+:error:[\dA-F]+:([^:]*):[^:]*:([^:]*):.*$/s;
