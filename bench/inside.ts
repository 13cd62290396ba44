// Measures the emulator inside the process that runs it: bundled by bench/child.ts, run by the Node that is measured.
import type { Emulator, startEmulator } from '../server/emulator.ts';
import { ask, WrongAnswer } from './load.ts';
import type { Job, Outcome } from './messages.ts';
import { createSession, post } from './wire.ts';

type Start = typeof startEmulator;
type Measured = Omit<Outcome, 'node' | 'import'>;

async function timed<T>(what: () => Promise<T>): Promise<readonly [milliseconds: number, result: T]> {
  const started = performance.now();
  const result = await what();
  return [performance.now() - started, result];
}

async function starts(start: Start, { https, count }: Job & { kind: 'starts' }): Promise<Measured> {
  const measured = { starts: [] as number[], stops: [] as number[], resets: [] };
  for (let times = 0; times <= count; times += 1) {
    const [startTime, emulator] = await timed(() => start({ https }));
    const [stopTime] = await timed(() => emulator.close());
    measured.starts.push(startTime);
    measured.stops.push(stopTime);
  }
  return measured;
}

const CHANGES = 10;

/** Each reset, or rollback, undoes ten sessions, and the e-mail and language that they gave to ten accounts. */
async function resets(
  start: Start,
  { kind, accounts, count }: Job & { kind: 'resets' | 'marks' },
): Promise<Measured> {
  const seed = {
    accounts: Array.from({ length: accounts }, (_, index) => ({
      login: `customer${index}`,
      password: 'crowded1Q**',
      role: 'customer' as const,
    })),
  };
  const emulator = await start({ seed });
  const times: number[] = [];
  for (let round = 0; round <= count; round += 1) {
    const [marked] = kind === 'marks' ? await timed(() => emulator.mark()) : [0];
    await change(emulator, accounts);
    const [back] = await timed(() => (kind === 'marks' ? emulator.rollback() : emulator.reset()));
    if ((await emulator.sessions.list()).length > 0) throw new Error('a session outlived a reset');
    times.push(marked + back);
  }
  await emulator.close();
  return { starts: [], stops: [], resets: times };
}

/** Over the wire, ten accounts all over the seed. */
async function change({ url, admin, sessions }: Emulator, accounts: number): Promise<void> {
  const operations = Array.from({ length: CHANGES }, (_, index) =>
    createSession(
      '127.0.0.1',
      `customer${Math.floor((index * accounts) / CHANGES)}`,
      '<c_email>someone@example.com</c_email>\n',
    ).replace('</source_server>', '</source_server>\n<locale_id>de-DE</locale_id>'),
  );
  const port = Number(new URL(url).port);
  const packet = `<packet><server>${operations.join('')}</server></packet>`;
  const answer = await ask(port, post(packet, { port, admin }));
  const made = await sessions.list();
  if (made.length !== CHANGES || made.some(({ locale }) => locale !== 'de-DE'))
    throw new WrongAnswer(`${CHANGES} changes were wanted`, answer);
}

const job = JSON.parse(process.argv[2] ?? '') as Job;
process.on('disconnect', () => process.exit());
const [importTime, built] = await timed(
  async () => (await import(job.module)) as { readonly startEmulator: Start },
);
const measured = await (job.kind === 'starts'
  ? starts(built.startEmulator, job)
  : resets(built.startEmulator, job));
process.send?.({ outcome: { node: process.version, import: importTime, ...measured } });
