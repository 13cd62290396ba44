import type { DestinationStream, Logger } from 'pino';
import { systemClock } from './clock.ts';
import type { Log } from './log.ts';

/** `pretty` for people, `json` for machines. */
export type LogFormat = 'pretty' | 'json';

/** A log on standard output. */
export interface StandardLog {
  readonly log: Log;
  /** Writes what is left; to be called before the process ends. */
  readonly flush: () => Promise<void>;
}

interface Output {
  readonly logger: Logger;
  readonly flush: () => void;
}

/** A log on standard output, written behind the requests. Nothing is loaded for it before its first line. */
export function standardLog(format: LogFormat, isColored: boolean): StandardLog {
  let opening: Promise<void> | undefined;
  let output: Output | undefined;
  const write = (level: 'info' | 'warn' | 'error', fields: object, message: string, at: number): void => {
    // A line that had to wait keeps its own time.
    output?.logger[level]({ time: new Date(at).toISOString(), ...fields }, message);
  };
  const writer =
    (level: 'info' | 'warn' | 'error') =>
    (fields: object, message: string): void => {
      const at = systemClock.now();
      if (output !== undefined) {
        write(level, fields, message, at);
        return;
      }
      opening ??= open(format, isColored).then(
        (opened) => {
          output = opened;
        },
        (error: unknown) => {
          process.stderr.write(`the log cannot be opened, and its lines are lost: ${String(error)}\n`);
        },
      );
      void opening.then(() => {
        write(level, fields, message, at);
      });
    };
  return {
    log: { isOn: true, info: writer('info'), warn: writer('warn'), error: writer('error') },
    flush: async () => {
      await opening;
      output?.flush();
    },
  };
}

async function open(format: LogFormat, isColored: boolean): Promise<Output> {
  const { destination, pino } = await import('pino');
  const output = destination({ dest: 1, sync: false });
  // Its reader may be gone: lines are lost, and nothing else.
  output.on('error', () => undefined);
  const stream = format === 'json' ? output : await prettyInto(output, isColored);
  // The lines that people read have it all in their words; the fields are for machines.
  const logger = pino({ base: null, timestamp: false }, stream);
  return {
    logger,
    flush: () => {
      try {
        output.flushSync();
      } catch {
        // As above.
      }
    },
  };
}

/** Imported only where somebody reads along: a pino transport would not survive a bundle. */
async function prettyInto(output: DestinationStream, isColored: boolean): Promise<DestinationStream> {
  const { default: pretty } = await import('pino-pretty');
  return pretty({
    destination: output,
    colorize: isColored,
    translateTime: 'SYS:HH:MM:ss.l',
    hideObject: true,
  });
}
