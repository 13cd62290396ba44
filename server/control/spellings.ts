/** Puts something into the place of secrets in a text, however they are spelled there. */
export function replacing(secrets: Iterable<string>, shown: string): (text: string) => string {
  const known = [...new Set(secrets)]
    .filter(({ length }) => length >= SHORTEST)
    .sort((one, other) => other.length - one.length);
  let spelled = 0;
  // The longest goes first: another may be a part of it.
  const steps = known.map((secret) => {
    const base64 = Buffer.from(secret).toString('base64').replaceAll('=', '');
    if (secret.length > LONGEST || spelled >= MOST)
      return (text: string) => text.replaceAll(secret, shown).replaceAll(base64, shown);
    spelled += 1;
    const pattern = new RegExp(`${anySpelling(secret)}|${literally(base64)}`, 'gu');
    return (text: string) => text.replace(pattern, shown);
  });
  return (text) => steps.reduce((from, step) => step(from), text);
}

/** A value that is too short stands in too many places that are not it. */
const SHORTEST = 4;
/** So many secrets, and no longer ones, are looked for in every spelling: a pattern that is too large is an error. */
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
