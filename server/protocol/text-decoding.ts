import { isUtf8 } from 'node:buffer';
import { Unreadable } from './xml.ts';

/**
 * The characters of a document, by its byte order mark or the encoding that it declares, UTF-8 else; or why they
 * cannot be had. libxml2 honours or refuses what is declared, and never guesses.
 */
export function readText(bytes: Buffer): string | Unreadable {
  const declared = mayDeclare(bytes) ? declaredEncoding(bytes) : undefined;
  const label = markedEncoding(bytes) ?? declared ?? 'utf-8';
  if (label === 'utf-8' && bytes[0] !== BOM) {
    return isUtf8(bytes) ? bytes.toString() : new Unreadable('a byte is not of utf-8');
  }
  if (label === 'us-ascii' || label === 'ascii') {
    return bytes.every((byte) => byte < 0x80)
      ? bytes.toString('latin1')
      : new Unreadable('a byte is no ASCII');
  }
  if (label === 'iso-8859-1') return bytes.toString('latin1');
  if (label === 'windows-1252') return bytes.toString('latin1').replace(/[\u0080-\u009f]/g, windowsCharacter);
  if (declared !== undefined && declared.startsWith('utf-16') && label === declared) {
    return new Unreadable('the document says it is UTF-16, and is not');
  }
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (error) {
    // A label that Node does not know is a RangeError, bytes that are not of the encoding a TypeError.
    const why =
      error instanceof RangeError ? `the encoding ${label} is not known` : `a byte is not of ${label}`;
    return new Unreadable(why);
  }
}

/** Node 20 reads windows-1252 as ISO 8859-1, which differs in these 32 places. */
const WINDOWS_1252 = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ';

const windowsCharacter = (character: string): string =>
  WINDOWS_1252[character.charCodeAt(0) - 0x80] ?? character;

const BOM = 0xef;
const QUESTION_MARK = 0x3f;

/** `<?`, or the mark that may stand before it. */
const mayDeclare = (bytes: Buffer): boolean => bytes[1] === QUESTION_MARK || bytes[0] === BOM;

function markedEncoding(bytes: Buffer): string | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return undefined;
}

function declaredEncoding(bytes: Buffer): string | undefined {
  const head = bytes.toString('latin1', 0, Math.min(bytes.length, 200));
  return DECLARATION.exec(head)?.[1]?.toLowerCase();
}

const DECLARATION = /^(?:\u00ef\u00bb\u00bf)?<\?xml[^>?]*?\sencoding\s*=\s*["']([A-Za-z][\w.-]*)["']/;
