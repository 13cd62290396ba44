/** Where a rule of the emulator comes from, and the fact in our own words. */
export interface Source {
  /** `documented` by Plesk, `observed` in a named public client or capture, or `assumed` by us. */
  readonly kind: 'documented' | 'observed' | 'assumed';
  /** The page, repository or recording; for an assumption, why this one. */
  readonly at: string;
  readonly says: string;
}

/** Anything the emulator does because Plesk does it. */
export interface Rule {
  /** Unique, in the form `kind/name`. */
  readonly id: string;
  readonly source: Source;
}

/** The page that this emulator is there for. */
export const AUTO_LOGIN = 'docs.plesk.com "Automatic Logging In to Plesk"';

/** Plesk's documentation, schemas or official repositories say so. */
export const documented = (at: string, says: string): Source => ({ kind: 'documented', at, says });

/** A recording of a real server, or a working client, shows it. */
export const observed = (at: string, says: string): Source => ({ kind: 'observed', at, says });

/** Nobody could be asked; this is our best guess, and why. */
export const assumed = (at: string, says: string): Source => ({ kind: 'assumed', at, says });
