import { onTestFinished } from 'vitest';
import type { Emulator, EmulatorOptions } from '../../server/emulator.ts';
import { startEmulator } from '../../server/emulator.ts';
import type { ServiceOptions } from '../../src/service.ts';
import type { Page, Visit } from './browse.ts';
import { browse, seenFrom } from './browse.ts';
import { linkAt } from './openings.ts';
import type { DirectoryFile, StartedService } from './service.ts';
import { directoryOf, startService } from './service.ts';

/** A service whose visitors come from any address that a test wants. */
export interface SeenService extends StartedService {
  readonly plesk: Emulator;
  /** The service's address for those who come from another one. */
  readonly door: string;
  /** Opens a link, or a path of the service, as a peer with this address. */
  readonly visitFrom: (peer: string, linkOrPath: string, visit?: Visit) => Promise<Page>;
}

/** Starts one until the test ends, with a Plesk that takes whatever address it is told. */
export async function startSeen(
  options: Partial<ServiceOptions> = {},
  more: Partial<DirectoryFile> = {},
  pleskOptions: EmulatorOptions = {},
): Promise<SeenService> {
  const plesk = await startEmulator({ seed: 'demo', ...pleskOptions });
  onTestFinished(() => plesk.close());
  const auth = { login: plesk.admin.login, password: 'env:PLESK_PASSWORD' };
  const servers = { 'plesk-1': { url: plesk.url, release: plesk.release.plesk, auth } };
  const started = await startService(directoryOf(servers, more), options);
  let from = '';
  const door = await seenFrom(started.service.app, () => from);
  const visitFrom: SeenService['visitFrom'] = (peer, linkOrPath, visit) => {
    from = peer;
    return browse(linkOrPath.startsWith('/') ? door + linkOrPath : linkAt(door, linkOrPath), visit);
  };
  return { ...started, plesk, door, visitFrom };
}
