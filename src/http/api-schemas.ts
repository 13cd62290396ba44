import { z } from 'zod';
import { parseNetwork } from '../../base/networks.ts';
import { MODES } from '../directory/directory.ts';
import { BROWSER_BINDING } from '../links/browser-binding.ts';
import type { ProblemCode } from '../problems.ts';
import { Problem } from '../problems.ts';

/** A positive whole number, or its canonical text: PHP clients send what stood in a form. */
const positive = (most: number) =>
  z.union([
    z.int().positive().max(most),
    z
      .string()
      .regex(/^[1-9]\d{0,15}$/)
      .transform(Number)
      .refine((value) => value <= most),
  ]);

const userId = positive(Number.MAX_SAFE_INTEGER);
const token = z.string().max(200);
const linkId = z.string().regex(/^[\da-f]{32}$/);

/** What `Clients/CreateClientSsoToken` takes; `null` is as good as absent for all but user_id. */
export const CreateRequest = z.strictObject({
  user_id: userId,
  destination: z.string().nullish(),
  destination_values: z.unknown().optional(),
  service_id: positive(Number.MAX_SAFE_INTEGER).nullish(),
  locale: z
    .string()
    .regex(/^[a-z]{2,3}-[A-Z]{2}$/)
    .nullish(),
  mode: z.enum(MODES).nullish(),
  client_ip: z
    .string()
    .refine((text) => parseNetwork(text) !== undefined)
    .nullish(),
  browser_binding: z.string().regex(BROWSER_BINDING).nullish(),
});

/** What `Clients/GetClientSsoToken` takes: one of the two. */
export const GetRequest = z.strictObject({ token: token.nullish(), id: linkId.nullish() });

/** What `Clients/RevokeClientSsoToken` takes: one of the three. */
export const RevokeRequest = z.strictObject({
  token: token.nullish(),
  id: linkId.nullish(),
  user_id: userId.nullish(),
});

/** The `user_id` of a request, whatever else is wrong with it; `undefined` if there is no valid one. */
export const userIdIn = (body: Readonly<Record<string, unknown>>): number | undefined =>
  userId.safeParse(body['user_id']).data;

const instant = z.iso.datetime();

/** What `Clients/CreateClientSsoToken` answers as `data`. */
export const CreatedData = z.strictObject({
  token,
  url: z.url(),
  id: linkId,
  expires_at: instant,
  expires_in: z.int().positive(),
});

/** What `Clients/GetClientSsoToken` answers as `data`. */
export const LinkData = z.strictObject({
  id: linkId,
  user_id: z.int(),
  state: z.enum(['issued', 'claimed', 'opened', 'expired', 'revoked', 'exhausted']),
  destination: z.string(),
  issued_at: instant,
  expires_at: instant,
  opened_at: instant.nullable(),
  client_ip: z.string().nullable(),
});

/** What `Clients/RevokeClientSsoToken` answers as `data`. */
export const RevokedData = z.strictObject({
  revoked: z.int().nonnegative(),
  plesk_session: z.enum(['ended', 'not_supported', 'failed']).optional(),
});

/** The codes of fields that cannot be used, where these have one of their own. */
const CODES: Readonly<Record<string, ProblemCode>> = {
  user_id: 'user_id_invalid',
  destination: 'destination_invalid',
  service_id: 'service_id_invalid',
  mode: 'mode_invalid',
  locale: 'locale_invalid',
  client_ip: 'client_ip_invalid',
  browser_binding: 'browser_binding_invalid',
  token: 'token_malformed',
  id: 'token_unknown',
};

/** Reads a request by its schema, or throws the Problem of the first field that is wrong; one that is not known is named. */
export function readRequest<T extends z.ZodType>(
  schema: T,
  body: Readonly<Record<string, unknown>>,
): z.output<T> {
  const { data, error, success } = schema.safeParse(body);
  if (success) return data;
  const [issue] = error.issues;
  if (issue?.code === 'unrecognized_keys')
    throw new Problem('unknown_field', { extra: { fields: issue.keys.map((name) => name.slice(0, 100)) } });
  const field = String(issue?.path[0]);
  if (field === 'user_id' && (body['user_id'] ?? undefined) === undefined)
    throw new Problem('user_id_required');
  throw new Problem(CODES[field] ?? 'internal_error');
}
