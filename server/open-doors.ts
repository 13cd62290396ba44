import type { RequestListener } from 'node:http';
import { systemClock } from '../base/clock.ts';
import { createApp } from './app.ts';
import type { Control } from './control/control.ts';
import type { Ports } from './http/ports.ts';
import { openPorts } from './http/ports.ts';
import type { Identity } from './http/tls/identity.ts';
import type { Panel } from './state/panel.ts';

/** Where an emulator is reached. */
export interface Doors {
  readonly app: RequestListener;
  readonly ca: string | undefined;
  /** None where it is not to listen. */
  readonly ports: Ports | undefined;
}

/** The app of an emulator, and its ports where it is to listen; an error says why one cannot be opened. */
export async function openDoors(
  control: Control,
  { isListening, isUnref }: { readonly isListening: boolean; readonly isUnref: boolean },
  isReady: () => boolean,
): Promise<Doors> {
  const { panel } = control;
  const identity = panel.settings.https ? await openIdentity(panel) : undefined;
  const app = createApp(control, { ca: identity?.ca, isReady });
  const ports = isListening ? await openPorts(app, identity, control, isUnref) : undefined;
  return { app, ca: identity?.ca, ports };
}

/** By the machine's own clock: it is the clients' clocks that a certificate has to please. */
async function openIdentity({ settings, log }: Panel): Promise<Identity> {
  const { identityFor } = await import('./http/tls/identity.ts');
  const identity = await identityFor(settings, systemClock.now());
  if (identity.warning !== undefined) log.warn({}, identity.warning);
  return identity;
}
