/** A rule of when Plesk goes wrong, and how. All conditions that are given have to hold. */
export type FaultInput = FaultWhen & FaultWhat;

/** When a rule fires. */
interface FaultWhen {
  /** On packets with this operation, as operator/operation; `secret_key/*` for all of an operator. */
  readonly operation?: string | undefined;
  /** On what this account asks for: as the API's caller, or as the browser's user. */
  readonly login?: string | undefined;
  /** On what comes from this address. */
  readonly peer?: string | undefined;
  /** On this path; with `*` at its end, on all that begin so. */
  readonly path?: string | undefined;
  /** So many that it would fire on pass first; 0 without it. */
  readonly after?: number | undefined;
  /** It fires so often, and never again; always without it. */
  readonly times?: number | undefined;
  /** Whether what was asked for is done nevertheless, and only the answer is lost or wrong. */
  readonly afterChange?: boolean | undefined;
}

/** How Plesk goes wrong. */
type FaultWhat =
  /** An answer of Plesk's own: in place of each result, or (`on: 'packet'`) of the whole packet. */
  | {
      readonly fault: 'errcode';
      readonly errcode: number;
      readonly errtext?: string | undefined;
      readonly on?: 'operation' | 'packet' | undefined;
    }
  /** An HTTP status with a page, as web servers and proxies have them. */
  | { readonly fault: 'status'; readonly status: number }
  /** HTTP 200 and a page in HTML in place of the answer. */
  | { readonly fault: 'html' }
  /** The answer in one encoding, its header and declaration in another. */
  | { readonly fault: 'charset'; readonly charset?: 'utf-16' | 'iso-8859-1' | undefined }
  /** Only so many bytes of the answer, half of it without a number, in a response that is whole. */
  | { readonly fault: 'truncated'; readonly bytes?: number | undefined }
  /** An answer that is not well-formed. */
  | { readonly fault: 'malformed' }
  /** An answer of at least so many bytes (10 MiB), well-formed. */
  | { readonly fault: 'oversized'; readonly bytes?: number | undefined }
  /** The answer so many milliseconds later. */
  | { readonly fault: 'delay'; readonly ms: number }
  /** No answer, on a connection that stays open. */
  | { readonly fault: 'hang' }
  /** The answer a few bytes at a time. */
  | { readonly fault: 'slow'; readonly bytes?: number | undefined; readonly ms?: number | undefined }
  /** A reset of the connection before the answer, or in the middle of it. */
  | { readonly fault: 'reset'; readonly at?: 'before' | 'middle' | undefined }
  /** A certificate that has expired, or is for another host, on new connections. */
  | { readonly fault: 'certificate'; readonly certificate: 'expired' | 'other-host' };

/** A rule that is there. */
export type FaultShown = FaultInput & {
  readonly id: string;
  /** How often what came met its conditions, and how often it fired. */
  readonly seen: number;
  readonly fired: number;
};
