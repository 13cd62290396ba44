import { destination, pino } from 'pino';
import type { DestinationStream } from 'pino';
import type { Log } from './log.ts';

/** `pretty` for people, `json` for machines. */
export type LogFormat = 'pretty' | 'json';

/** A log on standard output, written behind the requests; `flush` writes what is left. */
export async function standardLog(
  format: LogFormat,
): Promise<{ readonly log: Log; readonly flush: () => void }> {
  const output = destination({ dest: 1, sync: false });
  const flush = (): void => {
    output.flushSync();
  };
  const stream = format === 'json' ? output : await prettyInto(output);
  // The lines that people read have it all in their words; the fields are for machines.
  const logger = pino({ base: null, timestamp: pino.stdTimeFunctions.isoTime }, stream);
  return {
    flush,
    log: {
      isOn: true,
      info: (fields, message) => {
        logger.info(fields, message);
      },
      warn: (fields, message) => {
        logger.warn(fields, message);
      },
      error: (fields, message) => {
        logger.error(fields, message);
      },
    },
  };
}

/** Imported only where somebody reads along: a pino transport would not survive a bundle. */
async function prettyInto(output: DestinationStream): Promise<DestinationStream> {
  const { default: pretty } = await import('pino-pretty');
  return pretty({
    destination: output,
    colorize: process.stdout.isTTY,
    translateTime: 'SYS:HH:MM:ss.l',
    hideObject: true,
  });
}
