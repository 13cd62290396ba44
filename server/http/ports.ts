import type { RequestListener } from 'node:http';
import type { Control } from '../control/control.ts';
import { wordsFor } from '../control/fault-rules.ts';
import { logLost } from './log-lines.ts';
import type { Listening } from './server.ts';
import { listen } from './server.ts';
import type { KeyAndCertificate } from './tls/certificate.ts';
import type { Identity } from './tls/identity.ts';

/** The ports of one emulator. */
export interface Ports {
  readonly plain: Listening;
  readonly secure: Listening | undefined;
}

/** Opens the port for HTTP and, with a certificate, the one for HTTPS: both, or none and an error that says why. */
export async function openPorts(
  answer: RequestListener,
  tls: Identity | undefined,
  control: Pick<Control, 'panel' | 'faults'>,
  isUnref: boolean,
): Promise<Ports> {
  const { panel } = control;
  const { host, httpPort, httpsPort } = panel.settings;
  const onLost = (peer: string, why: string): void => {
    if (panel.log.isOn) logLost(panel, peer, why);
  };
  const plain = await listen({ answer, host, port: httpPort, isUnref, onLost });
  try {
    const secure =
      tls &&
      (await listen({
        answer,
        host,
        port: httpsPort,
        tls,
        isUnref,
        otherCertificate: badCertificates(tls, control),
        onLost,
      }));
    return { plain, secure };
  } catch (error) {
    await plain.close();
    throw error;
  }
}

/** The bad certificates that the rules of a test want. */
const badCertificates =
  ({ bad }: Identity, { panel, faults }: Pick<Control, 'panel' | 'faults'>) =>
  (peer: string): KeyAndCertificate | undefined => {
    if (!faults.isOn || bad === undefined) return undefined;
    const row = faults.onConnection(peer);
    if (row?.fault.fault !== 'certificate') return undefined;
    if (panel.log.isOn)
      panel.log.warn({ peer, fault: row.id }, `fault on a connection of ${peer}: ${wordsFor(row)}`);
    return bad(row.fault.certificate);
  };

/** Closes all ports at once. */
export async function closePorts({ plain, secure }: Ports): Promise<void> {
  await Promise.all([plain.close(), secure?.close()]);
}
