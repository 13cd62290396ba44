/** Finds secrets in a text, however they are spelled there; `undefined` where there is none to find. */
export function patternOf(secrets: Iterable<string>): RegExp | undefined {
  const known = [...new Set(secrets)]
    .filter(({ length }) => length >= SHORTEST)
    .sort((one, other) => other.length - one.length);
  if (known.length === 0) return undefined;
  const spellings = known.flatMap((secret, at) => [
    at < MOST && secret.length <= LONGEST ? anySpelling(secret) : literally(secret),
    literally(Buffer.from(secret).toString('base64').replace(/=+$/, '')),
  ]);
  return new RegExp(spellings.join('|'), 'gu');
}

/** A value that is too short stands in too many places that are not it. */
const SHORTEST = 4;
/** So many secrets, and no longer ones, are looked for in every spelling: a pattern has to stay small. */
const MOST = 50;
const LONGEST = 200;

/** Each character as it is, by its number or name in XML, in a URL, or in JSON. */
const anySpelling = (secret: string): string => Array.from(secret, oneSpelling).join('');

function oneSpelling(character: string): string {
  const code = character.codePointAt(0) ?? 0;
  const bytes = Array.from(
    Buffer.from(character),
    (byte) => `%${anyCase(byte.toString(16).padStart(2, '0'))}`,
  );
  const hex = anyCase(code.toString(16));
  const spellings = [literally(character), `&#0*${code};`, `&#[xX]0*${hex};`, bytes.join('')];
  const named = NAMED[character];
  if (named !== undefined) spellings.push(named);
  // A header's bytes are read as ISO 8859-1.
  if (code > 0x7f) spellings.push(literally(Buffer.from(character).toString('latin1')));
  return `(?:${spellings.join('|')})`;
}

const NAMED: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': String.raw`&quot;|\\"`,
  "'": '&apos;',
  '\\': String.raw`\\\\`,
  ' ': String.raw`\+`,
};

const anyCase = (hex: string): string => hex.replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);

const literally = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
