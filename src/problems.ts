/** What the service answers where it does not do what it was asked: status, and what it says to a program. */
interface Row {
  readonly status: number;
  readonly message: string;
}

/** Every failure of the service by its code; token-service.md, section 8. Those marked ours are additions to it. */
export const PROBLEMS = {
  // Of the API.
  malformed_json: { status: 400, message: 'Request body is not valid JSON.' },
  invalid_json: { status: 400, message: 'Request body has an object with a name twice.' }, // ours
  body_required: { status: 400, message: 'A JSON object is required.' },
  apikey_missing: { status: 401, message: 'Apikey header is required.' },
  apikey_invalid: { status: 401, message: 'Invalid API key.' },
  ip_not_allowed: { status: 403, message: 'Your IP address is not allowed to use this API key.' },
  action_not_permitted: { status: 403, message: 'This API key is not permitted to call this action.' },
  user_inactive: { status: 403, message: 'The user account is not active.' },
  sso_disabled_by_user: { status: 403, message: 'Single sign-on is disabled for this user.' },
  role_not_permitted: {
    status: 403,
    message: 'This API key may not sign in as an administrator or reseller.',
  },
  action_not_found: { status: 404, message: 'Unknown API action.' },
  not_found: { status: 404, message: 'There is nothing here.' }, // ours
  user_not_found: { status: 404, message: 'User not found.' },
  method_not_allowed: { status: 405, message: 'Only POST is allowed.' },
  plesk_account_not_mapped: { status: 409, message: 'No Plesk account is mapped to this user.' },
  service_id_required: {
    status: 409,
    message: 'The user has several Plesk accounts; service_id is required.',
  },
  idempotency_conflict: { status: 409, message: 'Idempotency-Key was used with a different request.' },
  payload_too_large: { status: 413, message: 'Request body is too large.' },
  client_gone: { status: 499, message: 'The caller hung up before the request was complete.' }, // ours
  unsupported_media_type: { status: 415, message: 'Content-Type must be application/json.' },
  user_id_required: { status: 422, message: 'user_id must be a positive integer.' },
  user_id_invalid: { status: 422, message: 'user_id must be a positive integer.' },
  destination_invalid: { status: 422, message: 'destination must be a text.' }, // ours
  destination_unknown: { status: 422, message: 'Unknown destination.' },
  destination_values_invalid: {
    status: 422,
    message: 'destination_values do not match the destination.',
  },
  destination_url_not_allowed: { status: 422, message: 'The destination URL is not on the allow list.' },
  redirect_not_allowed_by_plesk: {
    status: 422,
    message: 'The Plesk server does not accept this redirect target.',
  },
  unknown_field: { status: 422, message: 'The request has a field that is not known.' },
  service_id_invalid: { status: 422, message: 'service_id must be a positive integer.' }, // ours
  mode_invalid: { status: 422, message: 'mode must be auto, direct or confirm.' },
  locale_invalid: { status: 422, message: 'locale must be a language and a country, such as de-DE.' },
  browser_binding_invalid: {
    status: 422,
    message: 'browser_binding must be the SHA-256 of a nonce in base64url, 43 characters.',
  }, // ours
  client_ip_invalid: { status: 422, message: 'client_ip must be an IP address or a CIDR range.' },
  idempotency_key_invalid: { status: 422, message: 'Idempotency-Key must have 8 to 191 visible characters.' }, // ours
  token_or_id_required: { status: 422, message: 'Exactly one of the fields that name links is required.' }, // ours
  rate_limited: { status: 429, message: 'Too many requests.' },
  internal_error: { status: 500, message: 'Internal error.' },
  store_unavailable: { status: 503, message: 'Service temporarily unavailable.' },
  draining: { status: 503, message: 'Service temporarily unavailable.' },

  // Of opening a link.
  token_missing: { status: 400, message: 'sso_token is required.' },
  token_malformed: { status: 400, message: 'sso_token is not a token of this service.' },
  prefetch_refused: { status: 403, message: 'Only a navigation of a browser opens a link.' },
  ip_mismatch: { status: 403, message: 'The link is bound to another address.' },
  browser_mismatch: {
    status: 403,
    message: 'The link is bound to a browser: post it as a form with the browser_nonce it was bound to.',
  }, // ours
  csrf_failed: { status: 403, message: 'The confirmation does not belong to this browser.' },
  token_unknown: { status: 404, message: 'The token is unknown.' },
  token_in_use: { status: 409, message: 'Another request is opening the link.' },
  token_expired: { status: 410, message: 'The link has expired.' },
  token_used: { status: 410, message: 'The link was opened before.' },
  token_revoked: { status: 410, message: 'The link was revoked.' },
  token_exhausted: { status: 410, message: 'The link was tried too often.' },

  // Of Plesk.
  plesk_user_not_found: { status: 409, message: 'Plesk has no such login.' },
  plesk_user_disabled: { status: 409, message: 'Plesk has disabled or locked this login.' }, // ours
  plesk_auth_failed: { status: 502, message: 'Plesk refuses the credentials of this service.' },
  plesk_api_forbidden: { status: 502, message: 'Plesk forbids its API to this service.' },
  plesk_permission_denied: { status: 502, message: 'Plesk does not let this service log this user in.' },
  plesk_bad_response: { status: 502, message: 'Plesk gave an answer that cannot be used.' },
  plesk_tls_error: { status: 502, message: "Plesk's certificate cannot be trusted." },
  plesk_server_unusable: {
    status: 503,
    message: 'The credential or the CA of this Plesk server cannot be read.',
  }, // ours
  plesk_unreachable: { status: 503, message: 'Plesk cannot be reached.' },
  plesk_circuit_open: { status: 503, message: 'Plesk has failed several times and is given a pause.' },
  plesk_busy: { status: 503, message: 'Too many requests to this Plesk are under way.' },
  plesk_timeout: { status: 504, message: 'Plesk did not answer in time.' },
} as const satisfies Readonly<Record<string, Row>>;

/** The `code` of a failure, as it goes over the wire and into audit lines. */
export type ProblemCode = keyof typeof PROBLEMS;

/** What is wrong with one entry of destination_values. */
export interface Detail {
  readonly index: number;
  readonly reason: string;
}

/** What a failure may carry besides its code. */
export interface ProblemParts {
  /** In place of the table's message; goes to the caller, so it holds no secret and nothing internal. */
  readonly message?: string;
  readonly details?: readonly Detail[];
  /** Further fields of the JSON answer. */
  readonly extra?: Readonly<Record<string, unknown>>;
  /** Seconds, for Retry-After. */
  readonly retryAfter?: number;
  readonly headers?: Readonly<Record<string, string>>;
  /** For the log and the audit alone, as is all below; no secret in it. */
  readonly detail?: string;
  /** Plesk's own errcode. */
  readonly errcode?: number;
  /** Whether the link was revoked for it. */
  readonly revokes?: true;
}

/** A failure that is part of the service's contract: thrown anywhere, answered in one place. */
export class Problem extends Error {
  readonly code: ProblemCode;
  readonly parts: ProblemParts;

  constructor(code: ProblemCode, parts: ProblemParts = {}) {
    super(parts.detail ?? parts.message ?? PROBLEMS[code].message);
    this.name = 'Problem';
    this.code = code;
    this.parts = parts;
  }
}
