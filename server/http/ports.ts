import type { RequestListener } from 'node:http';
import type { Panel } from '../state/panel.ts';
import { logLost } from './log-lines.ts';
import type { Listening } from './server.ts';
import { listen } from './server.ts';
import type { KeyAndCertificate } from './tls/certificate.ts';

/** The ports of one emulator. */
export interface Ports {
  readonly plain: Listening;
  readonly secure: Listening | undefined;
}

/** Opens the port for HTTP and, with a certificate, the one for HTTPS: both, or none and an error that says why. */
export async function openPorts(
  answer: RequestListener,
  tls: KeyAndCertificate | undefined,
  panel: Panel,
): Promise<Ports> {
  const { host, httpPort, httpsPort } = panel.settings;
  const onLost = (peer: string, why: string): void => {
    if (panel.log.isOn) logLost(panel, peer, why);
  };
  const plain = await listen({ answer, host, port: httpPort, onLost });
  try {
    const secure = tls && (await listen({ answer, host, port: httpsPort, tls, onLost }));
    return { plain, secure };
  } catch (error) {
    await plain.close();
    throw error;
  }
}

/** Closes all ports at once. */
export async function closePorts({ plain, secure }: Ports): Promise<void> {
  await Promise.all([plain.close(), secure?.close()]);
}
