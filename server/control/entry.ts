import type { VisitOutcome } from './journal.ts';

/** What came in, for whoever reads the journal: plain data, the same over HTTP, with every secret masked. */
export type Entry = PacketEntry | BrowserEntry;

interface EntryCommon {
  /** Goes up by one from entry to entry; none comes twice. */
  readonly id: number;
  /** The instant by the emulator's clock, in milliseconds since 1970. */
  readonly at: number;
  /** How long the answer took by the machine's own clock, in milliseconds. */
  readonly ms: number;
  /** The client's address. */
  readonly peer: string;
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  /** With it. */
  readonly url: string;
  readonly release: string;
  /** The login of the API's caller, or of the browser's user, as far as it is known. */
  readonly login?: string;
  /** What a developer should know of a refusal: what was expected, what was meant, where it would be valid. */
  readonly help: readonly string[];
  /** The ids of the fault rules that fired on it. */
  readonly faults: readonly string[];
  /** What the client received in place of Plesk's answer, where a fault kept or changed that. */
  readonly received?: ReceivedEntry;
  /** Whether the client got something other than what it asked for: by `outcome`. */
  readonly isFailure: boolean;
  /** Whether it is something that a test may not want: an operation that is not emulated, or unread fields. */
  readonly isUnexpected: boolean;
}

/** A packet, split by its operations. */
export interface PacketEntry extends EntryCommon {
  readonly kind: 'packet';
  /** `answered`: all went well; `failed`: an operation did not; `refused`: the whole packet was; `unanswered`: a fault kept or changed the answer. */
  readonly outcome: 'answered' | 'failed' | 'refused' | 'unanswered';
  /** The version attribute of the packet. */
  readonly version?: string;
  /** Of a packet that was refused as a whole. */
  readonly errcode?: number;
  readonly errtext?: string;
  /** What Plesk would not say. */
  readonly detail?: string;
  /** Those of a packet that was refused or not answered too, as far as it can be read: with no results. */
  readonly operations: readonly OperationEntry[];
  readonly request: RawRequest;
  /** The answer's XML. */
  readonly answer?: string;
}

/** One operation of a packet. */
export interface OperationEntry {
  /** As operator/operation. */
  readonly name: string;
  /** What was sent, as decoded. */
  readonly values: unknown;
  readonly results: readonly ResultEntry[];
  /** Whether the emulator does it, which Plesk does. */
  readonly isEmulated: boolean;
  /** Fields that were sent and have no effect, as paths: `data/skin`. */
  readonly unread: readonly string[];
  /** What was noticed on the way. */
  readonly remarks: readonly string[];
}

/** One result of an operation. */
export interface ResultEntry {
  readonly status: 'ok' | 'error';
  readonly errcode: number;
  readonly errtext?: string;
  readonly detail?: string;
  /** What follows the status, or the errtext, by element. */
  readonly values?: unknown;
}

/** A browser's request at a door or for a page. */
export interface BrowserEntry extends EntryCommon {
  readonly kind: 'browser';
  readonly outcome: VisitOutcome | 'unanswered';
  readonly status?: number;
  /** The parameters of query and form. */
  readonly params: Readonly<Record<string, string>>;
  /** Parameters that are not read. */
  readonly unread: readonly string[];
  /** Where the browser was sent. */
  readonly location?: string;
  /** Why, which Plesk never says. */
  readonly reason?: string;
  readonly request: RawRequest;
}

/** What a client received because of a fault. */
interface ReceivedEntry {
  /** The HTTP status; absent where no response began. */
  readonly status?: number;
  /** Its beginning, where it is larger than 64 KB. */
  readonly body: string;
  /** Whether the response was complete. */
  readonly isComplete: boolean;
}

/** A request as it came, its secrets masked. */
interface RawRequest {
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Whether the body was too large to be kept whole. */
  readonly isCut: boolean;
}
