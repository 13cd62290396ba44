/** An answer that a server gives to everything. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string;
  /** What Keep-Alive says, in seconds. */
  readonly keepAlive: number;
}

/**
 * A server: the built emulator, the built token service, node:http or Express with a constant answer, bare sockets with
 * one, or node:http that asks a Redis so many times before it gives one.
 */
export type Target =
  | {
      readonly kind: 'emulator';
      readonly module: string;
      readonly options: {
        readonly loginTimeout?: number;
        readonly journal?: number;
        readonly state?: string;
      };
      /** How many it has from the start; without it nobody but the administrator. */
      readonly customers?: number;
    }
  | { readonly kind: 'express'; readonly module: string; readonly answer: Answer }
  | { readonly kind: 'http' | 'raw'; readonly answer: Answer }
  | {
      readonly kind: 'service';
      /** The URL of dist/. */
      readonly root: string;
      /** `memory`, or the URL of a Redis. */
      readonly store: string;
    }
  | {
      readonly kind: 'trips';
      /** The URL of ioredis. */
      readonly module: string;
      readonly redis: string;
      readonly trips: number;
      readonly answer: Answer;
    };

/** What is measured inside a process: so many starts and stops of the emulator, or resets, or marks, of a large one. */
export type Job =
  | { readonly kind: 'starts'; readonly module: string; readonly https: boolean; readonly count: number }
  | {
      readonly kind: 'resets' | 'marks';
      readonly module: string;
      readonly accounts: number;
      readonly count: number;
    };

/** In milliseconds; the first of each list is cold, and the first start of a process is preceded by the import. */
export interface Outcome {
  readonly node: string;
  readonly import: number;
  readonly starts: readonly number[];
  readonly stops: readonly number[];
  readonly resets: readonly number[];
}

/** What a server says when it can be asked. */
export interface Ready {
  readonly port: number;
  readonly node: string;
  /** Of the emulator. */
  readonly admin?: { readonly login: string; readonly password: string };
}

export type Asked = 'cpu' | 'reset' | 'memory' | 'stall';

export interface Reply {
  readonly ready?: Ready;
  readonly outcome?: Outcome;
  /** Seconds. */
  readonly cpu?: number;
  /** MiB: resident, and what of it are JavaScript's objects and buffers. */
  readonly memory?: { readonly resident: number; readonly heap: number };
  /** Milliseconds: the longest turn of the event loop since this was asked before. */
  readonly stall?: number;
  readonly done?: true;
}
