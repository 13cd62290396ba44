import type { Context } from '../context.ts';
import type { PleskServer } from '../directory/directory.ts';
import { PleskFailure } from '../plesk/failure.ts';

/** What became of a Plesk session that was to be ended. */
export type Ended = 'ended' | 'not_supported' | 'failed';

/** Ends a session that nobody shall have. Never throws for what Plesk does. */
export async function endSession(
  server: PleskServer,
  session: string,
  { log, plesk }: Context,
): Promise<Ended> {
  try {
    return await plesk.terminateSession(server, session);
  } catch (error) {
    if (!(error instanceof PleskFailure)) throw error;
    log.warn(
      { server: server.id, code: error.code },
      `a session on ${server.id} could not be ended and runs out by Plesk's idle time: ${error.message}`,
    );
    return 'failed';
  }
}
