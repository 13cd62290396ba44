import type { PleskServer } from '../directory/directory.ts';

/** A session to be made for a browser. */
export interface SessionRequest {
  /** The login of the user in Plesk. */
  readonly login: string;
  /** The browser's address, in its normal form. */
  readonly userIp: string;
  /** The host of this service, to which Plesk leads back where the login fails. */
  readonly sourceServer: string;
  /** As `de-DE`; Plesk keeps it as the user's language, so it is sent only where the caller asked for it. */
  readonly locale?: string | undefined;
}

/** What a Plesk says of itself. */
export interface PleskIdentity {
  /** As `18.0.61`. */
  readonly version: string;
  readonly hostName: string;
}

/** How one server is at the moment: `open` where it is given a pause. */
export type Circuit = 'closed' | 'open' | 'half-open';

/** Plesk servers, as the service talks to them. Every method throws a PleskFailure where that went wrong. */
export interface Plesk {
  /** The id of a new session, 32 lower-case hex digits. */
  createSession(server: PleskServer, request: SessionRequest): Promise<string>;
  /** Ends a session; `not_supported` before 12.0, or where the credentials are not an administrator's. */
  terminateSession(server: PleskServer, sessionId: string): Promise<'ended' | 'not_supported'>;
  identify(server: PleskServer): Promise<PleskIdentity>;
  /** By the id of the server; `closed` for one that was never asked. */
  circuit(serverId: string): Circuit;
  close(): Promise<void>;
}
