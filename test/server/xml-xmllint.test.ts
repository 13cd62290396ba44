import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { expect, it } from 'vitest';
import { readText } from '../../server/protocol/text-decoding.ts';
import { readXml, Unreadable } from '../../server/protocol/xml.ts';
import { allSamples } from '../support/samples.ts';

const DOCUMENTS = 160;
/** Another seed, another corpus: `XMLLINT_SEED=7 npm test`. */
const SEED = Number(process.env['XMLLINT_SEED'] ?? 1);
const isMissing = spawnSync('xmllint', ['--version']).error !== undefined;

/** Where we differ from libxml2, and mean to. */
const DIFFERENCES: readonly { readonly why: string; readonly applies: (document: string) => boolean }[] = [
  {
    why: 'a document type is refused as a whole, so that no entity is ever declared',
    applies: (document) => document.includes('<!DOCTYPE'),
  },
  {
    why: 'libxml2 2.9 takes a NUL byte behind the root for the end of the document; XML has no such character',
    applies: (document) => /<\/packet>\s*\0/.test(document),
  },
];

it.skipIf(isMissing)(
  `reads what xmllint reads, and nothing else, of ${DOCUMENTS} documents${isMissing ? ' (skipped: xmllint is not installed)' : ''}`,
  { timeout: 60_000 },
  () => {
    const documents = fc.sample(brokenDocuments(), { numRuns: DOCUMENTS, seed: SEED });

    const theirs = verdictsOfXmllint(documents);

    const ours = documents.map((document) => (isReadable(document) ? 'readable' : 'unreadable'));
    const wrong = documents
      .map((document, index) => ({ document: document.toString(), ours: ours[index], theirs: theirs[index] }))
      .filter(({ ours: one, theirs: other }) => one !== other)
      .filter(({ document }) => !DIFFERENCES.some(({ applies }) => applies(document)));
    expect(wrong).toEqual([]);
    expect(ours.filter((verdict) => verdict === 'readable').length).toBeGreaterThan(DOCUMENTS / 8);
    expect(ours.filter((verdict) => verdict === 'unreadable').length).toBeGreaterThan(DOCUMENTS / 8);
  },
);

function isReadable(document: Buffer): boolean {
  const source = readText(document);
  return !(source instanceof Unreadable) && !(readXml(source) instanceof Unreadable);
}

const SNIPPETS =
  `< > / & ; " ' = ! ? - [ ] : x 0 &amp; &lt; &#65; &#x0; &#xD800; &nbsp; <a> </a> <a/> <!-- --> <!---> ]]> <![CDATA[ <?x?> <?xml?> é € 😀 \u0001 \0 \ufffe \uffff \u0085 \u00a0 \u2028 a="1" xmlns="u" xmlns:a="u" a:b encoding="utf-8" encoding="iso-8859-1" encoding="x" version="1.1" standalone="yes" standalone="x"`
    .split(' ')
    .concat(' ', '\t', '\r', '\n', '<!-- -- -->', '<?xml version="1.0"?>', '<!DOCTYPE packet>', ' a="1"');

/** Packets of real clients with none to three changes of their bytes. */
function brokenDocuments(): fc.Arbitrary<Buffer> {
  const packets = allSamples()
    .map(({ request }) => request)
    .filter(({ length }) => length > 0 && length < 2000);
  const change = fc.record({
    at: fc.nat(),
    length: fc.nat({ max: 12 }),
    what: fc.constantFrom('insert', 'insert', 'insert', 'replace', 'drop', 'twice', 'cut', 'byte'),
    snippet: fc.constantFrom(...SNIPPETS),
    byte: fc.nat({ max: 255 }),
  });
  return fc
    .tuple(fc.constantFrom(...packets), fc.array(change, { maxLength: 3 }))
    .map(([packet, changes]) => {
      let document = packet;
      for (const { at, length, what, snippet, byte } of changes) {
        const start = at % (document.length + 1);
        const before = document.subarray(0, start);
        const piece = document.subarray(start, start + length);
        const after = document.subarray(start + length);
        const parts = {
          insert: [before, Buffer.from(snippet), piece, after],
          replace: [before, Buffer.from(snippet), after],
          drop: [before, after],
          twice: [before, piece, piece, after],
          cut: [before],
          byte: [before, Buffer.of(byte), piece, after],
        };
        document = Buffer.concat(parts[what]);
      }
      return document;
    });
}

function verdictsOfXmllint(documents: readonly Buffer[]): readonly ('readable' | 'unreadable')[] {
  const folder = mkdtempSync(join(tmpdir(), 'xmllint-'));
  try {
    return documents.map((document, index) => {
      const file = join(folder, `${index}.xml`);
      writeFileSync(file, document);
      const { status } = spawnSync('xmllint', ['--noout', '--nonet', file]);
      return status === 0 ? 'readable' : 'unreadable';
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
