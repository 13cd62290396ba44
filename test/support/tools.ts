import type { ExecFileOptions } from 'node:child_process';
import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PeerCertificate } from 'node:tls';
import { checkServerIdentity } from 'node:tls';
import { onTestFinished } from 'vitest';

/** A folder of one test; `name` may have any character. */
export function folder(name = 'test'): string {
  const path = mkdtempSync(join(tmpdir(), `${name}-`));
  onTestFinished(() => {
    rmSync(path, { recursive: true, force: true });
  });
  return path;
}

/**
 * Why tests with a tool are skipped here; where CI is set they run nevertheless, and fail. With `proof` for arguments
 * it has to succeed.
 */
export function whyNoTool(program: string, ...proof: readonly string[]): string | undefined {
  if ((process.env['CI'] ?? '') !== '') return undefined;
  const { error, status } = spawnSync(program, proof, { stdio: 'ignore' });
  if (error === undefined && (proof.length === 0 || status === 0)) return undefined;
  return `${program} is not there as it has to be; see npm run test:setup`;
}

/** Why there can be no PHP with these extensions. */
export const whyNoPhp = (...extensions: readonly string[]): string | undefined =>
  whyNoTool('php', '-r', `exit(min(array_map('extension_loaded', ['${extensions.join("', '")}'])) ? 0 : 1);`);

/** Why there is no Python, or `undefined` where there is. */
export const whyNoPython = (): string | undefined =>
  whyNoTool('python3', '-c', 'import json, urllib.request');

/** Whether this Node holds IPv6 addresses against certificates; 22.23 takes them for names. */
export const nodeKnowsIpv6 = (): boolean =>
  checkServerIdentity('::1', {
    subjectaltname: 'IP Address:0:0:0:0:0:0:0:1',
    subject: {},
  } as PeerCertificate) === undefined;

/** Whether this machine has IPv6 on its loopback, which not every container has. */
export const hasIpv6 = (): boolean =>
  spawnSync(process.execPath, [
    '-e',
    "require('node:net').createServer().on('error', () => process.exit(1)).listen(0, '::1', function () { this.close() })",
  ]).status === 0;

/** How a program ended. */
export interface Ran {
  readonly code: number | string | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end, while this process goes on answering it. */
export function run(
  program: string,
  args: readonly string[],
  { input = '', ...options }: ExecFileOptions & { readonly input?: string } = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = execFile(
      program,
      args,
      { timeout: 15_000, ...options, encoding: 'utf8' },
      (error, stdout, stderr) => {
        resolve({ code: error === null ? 0 : (error.code ?? null), stdout, stderr });
      },
    );
    // One that does not read its input may be gone before it is written.
    child.stdin?.on('error', () => undefined).end(input);
  });
}
