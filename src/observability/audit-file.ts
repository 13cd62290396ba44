import { closeSync, constants, fchmodSync, openSync, writeSync } from 'node:fs';
import { systemClock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Audit } from './audit.ts';
import { fieldsOf } from './audit-lines.ts';

/** An audit in a file of its own, one JSON object a line; only its owner may read it. */
export interface AuditFile extends Audit {
  /** Opens the file anew, for whoever rotates it; where that cannot be done, the old one goes on. */
  reopen(): void;
}

/**
 * Appends to a file, which is made where it is not there; throws where it cannot be opened. A line that cannot be written
 * later is lost from the file, which the log says and `onLost` counts. It stops no login: the log has it too.
 */
export function openAuditFile(file: string, log: Log, onLost: () => void = () => undefined): AuditFile {
  let descriptor = open(file);
  let isBroken = false;
  return {
    record: (entry) => {
      const time = new Date(systemClock.now()).toISOString();
      try {
        writeSync(descriptor, `${JSON.stringify({ time, ...fieldsOf(entry) })}\n`);
        isBroken = false;
      } catch (error) {
        onLost();
        if (!isBroken)
          log.error({ file }, `the audit file ${file} lacks lines from here on: ${String(error)}`);
        isBroken = true;
      }
    },
    reopen: () => {
      try {
        const next = open(file);
        closeSync(descriptor);
        descriptor = next;
      } catch (error) {
        log.error(
          { file },
          `the audit file ${file} cannot be opened anew, the old one goes on: ${String(error)}`,
        );
      }
    },
  };
}

/** A file that is there already may have been readable for others. */
function open(file: string): number {
  // Whoever may write its folder could put a link there, whose target would get our lines and mode. Windows lacks the flag.
  const { O_APPEND, O_CREAT, O_NOFOLLOW, O_WRONLY } = constants;
  const descriptor = openSync(file, O_APPEND | O_CREAT | O_WRONLY | O_NOFOLLOW, 0o600);
  try {
    fchmodSync(descriptor, 0o600);
  } catch {
    // A device, or somebody else's: whoever named it has decided.
  }
  return descriptor;
}
