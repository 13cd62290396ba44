import { destination } from 'pino';
import { systemClock } from '../../base/clock.ts';
import type { Audit } from './audit.ts';
import { fieldsOf } from './audit-lines.ts';

/** An audit in a file of its own, one JSON object a line; only its owner may read it. */
export interface AuditFile extends Audit {
  /** Writes what is left; to be called before the process ends. */
  flush(): void;
  /** Opens the file anew, for whoever rotates it. */
  reopen(): void;
}

/** Appends to a file, which is made where it is not there; throws where it cannot be opened. */
export function openAuditFile(file: string): AuditFile {
  const output = destination({ dest: file, sync: true, mode: 0o600 });
  return {
    record: (entry) => {
      const time = new Date(systemClock.now()).toISOString();
      output.write(`${JSON.stringify({ time, ...fieldsOf(entry) })}\n`);
    },
    flush: () => {
      output.flushSync();
    },
    reopen: () => {
      output.reopen();
    },
  };
}
