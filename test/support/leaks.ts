/** A secret, or so many characters of it in a row, is what nobody may see. */
const PLAIN = 12;
/** Of forms that need more characters for as much. */
const ENCODED = 18;

/** What nobody may see, and how it could be written so that one does not see it at once. */
export class Secrets {
  /** Pieces of all forms of all secrets, by what they are of. */
  readonly #pieces = new Map<string, string>();
  readonly #lengths = new Set<number>();

  /** Adds a secret by what it is; what is shorter than a piece counts as a whole. */
  add(what: string, secret: string): void {
    if (secret.length < 8) throw new Error(`${what} is too short to be told from other texts`);
    for (const [form, text, length] of formsOf(secret)) this.#addPieces(`${what}, ${form}`, text, length);
  }

  /** What stands in a text, or a piece of it, and in which form. */
  leaksIn(text: string): readonly string[] {
    const found = new Set<string>();
    for (const length of this.#lengths) {
      for (let at = 0; at + length <= text.length; at++) {
        const leak = this.#pieces.get(text.slice(at, at + length));
        if (leak !== undefined) found.add(leak);
      }
    }
    return [...found];
  }

  #addPieces(what: string, text: string, most: number): void {
    const length = Math.min(most, text.length);
    this.#lengths.add(length);
    for (let at = 0; at + length <= text.length; at++) {
      const piece = text.slice(at, at + length);
      // What is the same in two forms is the plainer one.
      if (!this.#pieces.has(piece)) this.#pieces.set(piece, what);
    }
  }
}

type Form = readonly [name: string, text: string, piece: number];

function formsOf(secret: string): readonly Form[] {
  const hex = Buffer.from(secret).toString('hex');
  const escapes = hex.replace(/../g, '%$&');
  return [
    ['plain', secret, PLAIN],
    ['as a URL has it', encodeURIComponent(secret), PLAIN],
    ['in escapes', escapes, 3 * 8],
    ['in escapes', escapes.toUpperCase(), 3 * 8],
    ['in hexadecimal', hex, ENCODED],
    ['in hexadecimal', hex.toUpperCase(), ENCODED],
    ...(['base64', 'base64url'] as const).flatMap((encoding) =>
      [0, 1, 2].map((before) => ['in base64', inBase64(secret, before, encoding), ENCODED] as const),
    ),
  ];
}

/** As it stands in the base64 of a text in which so many bytes are before it, without what depends on its neighbours. */
function inBase64(secret: string, before: number, encoding: 'base64' | 'base64url'): string {
  const text = Buffer.from('\0'.repeat(before) + secret)
    .toString(encoding)
    .replace(/=+$/, '');
  return text.slice(before === 0 ? 0 : before + 1, -1);
}
