import type { ProblemCode } from '../../problems.ts';

/** Failures of which a page says the same, where the link may still be good for another attempt. */
export type RepeatableGroup =
  | 'underWay'
  | 'unconfirmed'
  | 'otherNetwork'
  | 'notVisited'
  | 'account'
  | 'tooMany'
  | 'panelAway'
  | 'setup'
  | 'service'
  | 'general';

/** The same, where another attempt with this address never helps. */
export type FinalGroup = 'ended' | 'incomplete' | 'otherBrowser' | 'nothingHere';

export type Group = RepeatableGroup | FinalGroup;

/** What a person is told of each failure. The ends of a token are one group: which of them it was is not for the page. */
export const GROUPS = {
  token_unknown: 'ended',
  token_expired: 'ended',
  token_used: 'ended',
  token_revoked: 'ended',
  token_exhausted: 'ended',
  token_missing: 'incomplete',
  token_malformed: 'incomplete',
  token_in_use: 'underWay',
  csrf_failed: 'unconfirmed',
  ip_mismatch: 'otherNetwork',
  browser_mismatch: 'otherBrowser',
  prefetch_refused: 'notVisited',
  rate_limited: 'tooMany',

  user_inactive: 'account',
  sso_disabled_by_user: 'account',
  user_not_found: 'account',
  plesk_account_not_mapped: 'account',
  plesk_user_disabled: 'account',

  plesk_unreachable: 'panelAway',
  plesk_timeout: 'panelAway',
  plesk_circuit_open: 'panelAway',
  plesk_busy: 'panelAway',
  // A panel that is being updated or restarted answers like this.
  plesk_bad_response: 'panelAway',
  plesk_user_not_found: 'setup',
  plesk_auth_failed: 'setup',
  plesk_api_forbidden: 'setup',
  plesk_permission_denied: 'setup',
  plesk_tls_error: 'setup',
  plesk_server_unusable: 'setup',

  store_unavailable: 'service',
  draining: 'service',
  internal_error: 'service',
  not_found: 'nothingHere',
  action_not_found: 'nothingHere',

  // Of the API, or of the way in which a request was written: no browser comes to them by a link.
  malformed_json: 'general',
  invalid_json: 'general',
  client_gone: 'general',
  body_required: 'general',
  apikey_missing: 'general',
  apikey_invalid: 'general',
  ip_not_allowed: 'general',
  action_not_permitted: 'general',
  role_not_permitted: 'general',
  method_not_allowed: 'general',
  service_id_required: 'general',
  idempotency_conflict: 'general',
  payload_too_large: 'general',
  unsupported_media_type: 'general',
  user_id_required: 'general',
  user_id_invalid: 'general',
  destination_invalid: 'general',
  destination_unknown: 'general',
  destination_values_invalid: 'general',
  destination_url_not_allowed: 'general',
  redirect_not_allowed_by_plesk: 'general',
  unknown_field: 'general',
  service_id_invalid: 'general',
  mode_invalid: 'general',
  locale_invalid: 'general',
  client_ip_invalid: 'general',
  browser_binding_invalid: 'general',
  idempotency_key_invalid: 'general',
  token_or_id_required: 'general',
} as const satisfies Readonly<Record<ProblemCode, Group>>;
