import { unwatchFile, watchFile } from 'node:fs';
import type { Log } from '../base/log.ts';
import { SettingsError } from '../base/settings-error.ts';
import type { Settings } from './config.ts';
import type { Listening } from './http/server.ts';
import { readTls } from './named-files.ts';
import type { Warn } from './secret-file.ts';

/** Takes a renewed certificate without a restart. */
export interface CertificateRenewal {
  /** Reads certificate and key again; if they cannot be used, those before stay. */
  renew(): Promise<void>;
  /** Stops watching the files. */
  readonly close: () => void;
}

/** How renewals are told and noticed. */
export interface Renewing {
  readonly log: Log;
  /** Told of a key that others may read. */
  readonly warn: Warn;
  readonly pollMs?: number;
}

/** Watches the files of the certificate and its key, also where a link to them is replaced. */
export function renewCertificate(
  settings: Settings,
  port: Pick<Listening, 'renew'>,
  { log, warn, pollMs = 5000 }: Renewing,
): CertificateRenewal {
  const files = [settings.tlsCert, settings.tlsKey].filter((file) => file !== undefined);
  const renew = async (): Promise<void> => {
    try {
      const tls = await readTls(settings, warn);
      if (tls === undefined) return;
      port.renew(tls);
      log.info({ file: settings.tlsCert }, 'the certificate has been read again');
    } catch (error) {
      const reason = error instanceof SettingsError ? error.mistakes.join('; ') : String(error);
      log.error({ file: settings.tlsCert }, `the certificate before stays in use: ${reason}`);
    }
  };
  const onChange = (): void => void renew();
  for (const file of files) watchFile(file, { interval: pollMs, persistent: false }, onChange);
  return {
    renew,
    close: () => {
      for (const file of files) unwatchFile(file, onChange);
    },
  };
}
