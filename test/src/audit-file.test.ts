import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { AuditEntry } from '../../src/observability/audit.ts';
import { openAuditFile } from '../../src/observability/audit-file.ts';
import { auditInto } from '../../src/observability/audit-lines.ts';
import type { Log } from '../../base/log.ts';
import { folder } from '../support/tools.ts';

const ENTRY: AuditEntry = {
  event: 'opened',
  outcome: 'successful',
  requestId: 'r',
  address: '192.0.2.7',
  userId: 18,
};

function keptLog(): { readonly log: Log; readonly errors: readonly string[] } {
  const errors: string[] = [];
  const ignore = (): void => undefined;
  return {
    errors,
    log: { isOn: true, info: ignore, warn: ignore, error: (_fields, message) => void errors.push(message) },
  };
}

it('appends a line for each outcome, readable for its owner alone, also where the file was open to others', () => {
  const file = join(folder(), 'audit.log');
  writeFileSync(file, '{"older":true}\n');
  chmodSync(file, 0o644);
  const { log, errors } = keptLog();

  const audit = openAuditFile(file, log);
  audit.record(ENTRY);
  audit.record({ ...ENTRY, event: 'refused', outcome: 'token_unknown', detail: 'a\nb' });

  const lines = readFileSync(file, 'utf8').trim().split('\n');
  expect(lines).toHaveLength(3);
  expect(JSON.parse(lines[1] ?? '')).toMatchObject({ audit: 'opened', user: 18, address: '192.0.2.7' });
  expect(JSON.parse(lines[2] ?? '')).toMatchObject({ audit: 'refused', detail: 'a\nb' });
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(errors).toEqual([]);
});

it('writes characters that nobody sees, or that turn the direction of text, by their numbers', () => {
  const file = join(folder(), 'audit.log');
  const lines: string[] = [];
  const keep = (fields: object, message: string): void =>
    void lines.push(JSON.stringify({ ...fields, message }));
  const log: Log = { isOn: true, info: keep, warn: keep, error: keep };
  const hidden = '\u202e\u2066\u200b\u2028\ufeff\u{e0001}';
  const entry: AuditEntry = {
    ...ENTRY,
    outcome: 'token_unknown',
    destination: `/a${hidden}`,
    detail: `b${hidden}`,
  };

  for (const audit of [openAuditFile(file, log), auditInto(log)]) audit.record(entry);

  const shown = '<U+202E><U+2066><U+200B><U+2028><U+FEFF><U+E0001>';
  const fields = { destination: `/a${shown}`, detail: `b${shown}` };
  expect(JSON.parse(readFileSync(file, 'utf8'))).toMatchObject(fields);
  expect(lines.map((line) => JSON.parse(line) as unknown)).toEqual([
    expect.objectContaining({ ...fields, message: expect.stringContaining(`(b${shown})`) as unknown }),
  ]);
});

it('goes on in a new file after the old one was moved away and it was told', () => {
  const file = join(folder(), 'audit.log');
  const { log } = keptLog();
  const audit = openAuditFile(file, log);
  audit.record(ENTRY);
  renameSync(file, `${file}.1`);

  audit.record(ENTRY);
  audit.reopen();
  audit.record(ENTRY);

  expect(readFileSync(`${file}.1`, 'utf8').trim().split('\n')).toHaveLength(2);
  expect(readFileSync(file, 'utf8').trim().split('\n')).toHaveLength(1);
});

it('stops nobody where it cannot be opened anew, and says so', () => {
  const inner = join(folder(), 'logs');
  mkdirSync(inner);
  const file = join(inner, 'audit.log');
  const { log, errors } = keptLog();
  const audit = openAuditFile(file, log);
  rmSync(inner, { recursive: true });

  audit.reopen();
  audit.record(ENTRY);

  expect(errors).toEqual([expect.stringContaining(`${file} cannot be opened anew`)]);
});

it.skipIf(process.platform === 'win32')(
  'follows no link: neither its lines nor its mode reach the target',
  () => {
    const dir = folder();
    const target = join(dir, 'target');
    const file = join(dir, 'audit.log');
    writeFileSync(target, 'as before');
    chmodSync(target, 0o644);
    const { log, errors } = keptLog();
    const audit = openAuditFile(file, log);
    rmSync(file);
    symlinkSync(target, file);

    audit.reopen();
    audit.record(ENTRY);

    expect(errors).toEqual([expect.stringContaining('ELOOP')]);
    expect(() => openAuditFile(file, log)).toThrow(/ELOOP/);
    expect(readFileSync(target, 'utf8')).toBe('as before');
    expect(statSync(target).mode & 0o777).toBe(0o644);
  },
);

it.skipIf(!existsSync('/dev/full'))('stops nobody where the disk is full, and says so once', () => {
  const { log, errors } = keptLog();
  const audit = openAuditFile('/dev/full', log);

  audit.record(ENTRY);
  audit.record(ENTRY);

  expect(errors).toEqual([expect.stringMatching(/^the audit file \/dev\/full lacks lines.*ENOSPC/)]);
});
