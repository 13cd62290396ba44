import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { folder, run } from './tools.ts';

/** The home of a user whose browsers trust this CA, and no other of ours; needs certutil. */
export async function homeWith(ca: string): Promise<string> {
  const home = folder('home');
  const database = join(home, '.pki', 'nssdb');
  const file = join(home, 'ca.pem');
  mkdirSync(database, { recursive: true });
  writeFileSync(file, ca);
  for (const args of [
    ['-N', '--empty-password', '-d', `sql:${database}`],
    ['-A', '-t', 'C,,', '-n', 'plesk-emulator', '-i', file, '-d', `sql:${database}`],
  ]) {
    const { code, stderr } = await run('certutil', args);
    if (code !== 0) throw new Error(`certutil ${args.join(' ')}: ${stderr}`);
  }
  return home;
}
