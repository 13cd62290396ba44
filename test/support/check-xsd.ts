import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/** Names a program that holds packets against Plesk's own schemas, which are no part of this project. */
const VARIABLE = 'PLESK_CHECK_XSD';

/** Why the schemas cannot be asked here; `undefined` where they can. */
export function xsdIsMissing(): string | undefined {
  const tool = process.env[VARIABLE] ?? '';
  if (tool === '') return `${VARIABLE} is not set`;
  return spawnSync('xmllint', ['--version']).error === undefined ? undefined : 'xmllint is not installed';
}

/**
 * Holds documents against the schema of API 1.6.6.0: for each, in their order, `line N: sentence` of its first
 * violation, or `undefined` where it is valid. The program runs once for all of them.
 */
export function checkXsd(
  kind: 'request' | 'response',
  documents: readonly (string | Uint8Array)[],
): (string | undefined)[] {
  if (documents.length === 0) return [];
  const tool = process.env[VARIABLE] ?? '';
  if (tool === '') throw new Error(`${VARIABLE} is not set`);
  const folder = mkdtempSync(join(tmpdir(), 'check-xsd-'));
  try {
    const files = documents.map((document, index) => {
      const file = `${index}.xml`;
      writeFileSync(join(folder, file), document);
      return file;
    });
    const ran = spawnSync(resolve(tool), [kind, ...files], {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    });
    if (ran.error !== undefined) throw ran.error;
    const verdicts = readVerdicts(ran.stderr);
    return files.map((file) => {
      const verdict = verdicts.get(file);
      if (verdict === undefined) throw new Error(`${tool} said nothing of a document:\n${ran.stderr}`);
      return verdict === VALID ? undefined : verdict;
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const VALID = 'validates';

/** The first thing that xmllint says of each file. A value in a sentence may have line breaks of its own. */
function readVerdicts(said: string): ReadonlyMap<string, string> {
  const verdicts = new Map<string, string>();
  for (const statement of said.split(/^(?=\d+\.xml[: ])/m)) {
    const [, file, line, text = ''] = /^(\d+\.xml)(?::(\d+): | )([^]*)$/.exec(statement) ?? [];
    if (file === undefined || verdicts.has(file)) continue;
    verdicts.set(file, line === undefined ? text.trim() : `line ${line}: ${sentenceOf(text)}`);
  }
  return verdicts;
}

/** libxml2's own words: those of the schema whole, those of the reader without the lines that show the place. */
function sentenceOf(text: string): string {
  const [, schema] = /^element [^\n]*?: Schemas validity error : ([^]*)$/.exec(text) ?? [];
  return schema === undefined ? (text.split('\n', 1)[0] ?? '').trim() : schema.replace(/\n$/, '');
}
