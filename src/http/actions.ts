import type { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import type { Context } from '../context.ts';
import type { Action, ApiKey } from '../directory/directory.ts';
import { findByToken } from '../links/find.ts';
import { issueLink } from '../links/issue.ts';
import type { Link } from '../links/link.ts';
import { stateAt } from '../links/link.ts';
import { revokeLink, revokeLinksOf } from '../links/revoke.ts';
import type { Found } from '../links/store.ts';
import { Problem } from '../problems.ts';
import type { CreatedData, LinkData, RevokedData } from './api-schemas.ts';
import { CreateRequest, GetRequest, readRequest, RevokeRequest } from './api-schemas.ts';

/** A call of the API that has been let in. */
interface Call {
  readonly key: ApiKey;
  readonly body: Readonly<Record<string, unknown>>;
  readonly idempotencyKey: string | undefined;
}

/** What an action answers, and what the audit says of it. */
export interface Answer {
  readonly data: object;
  /** Empty where the action changes nothing. */
  readonly events: readonly { readonly event: 'issued' | 'revoked'; readonly link: Link }[];
}

type Run = (call: Call, context: Context) => Promise<Answer>;

/** What each action does; one that changes nothing leaves no line in the audit. */
export const RUNS: Readonly<Record<Action, Run>> = {
  'Clients/CreateClientSsoToken': async ({ key, body, idempotencyKey }, context) => {
    const { clock, settings } = context;
    const request = readRequest(CreateRequest, body);
    const { link, now, token, isRepeated } = await issueLink(
      {
        userId: request.user_id,
        destination: request.destination ?? undefined,
        destinationValues: request.destination_values,
        serviceId: request.service_id ?? undefined,
        locale: request.locale ?? undefined,
        mode: request.mode ?? undefined,
        clientIp: request.client_ip ?? undefined,
        browserBinding: request.browser_binding ?? undefined,
      },
      key,
      idempotencyKey,
      context,
    );
    const language = settings.language === undefined ? '' : `/${settings.language}`;
    const data: z.input<typeof CreatedData> = {
      token,
      url: `${settings.publicUrl}${language}/sign-in?sso_token=${token}`,
      id: link.id,
      expires_at: shown(link.expiresAt, now, clock),
      expires_in: Math.round((link.expiresAt - link.issuedAt) / 1000),
    };
    return { data, events: isRepeated ? [] : [{ event: 'issued', link }] };
  },

  'Clients/GetClientSsoToken': async ({ body }, context) => {
    const { token, id } = readRequest(GetRequest, body);
    checkNamed([token, id]);
    const { link, now } = await findLink({ token, id }, context);
    const data: z.input<typeof LinkData> = {
      id: link.id,
      user_id: link.terms.userId,
      state: stateAt(link, now),
      destination: link.terms.destination,
      issued_at: shown(link.issuedAt, now, context.clock),
      expires_at: shown(link.expiresAt, now, context.clock),
      opened_at: link.openedAt === undefined ? null : shown(link.openedAt, now, context.clock),
      client_ip: link.terms.clientIp ?? null,
    };
    return { data, events: [] };
  },

  'Clients/RevokeClientSsoToken': async ({ body }, context) => {
    const { token, id, user_id: userId } = readRequest(RevokeRequest, body);
    checkNamed([token, id, userId]);
    const { links, pleskSession } = hasValue(userId)
      ? await revokeLinksOf(userId, context)
      : await revokeLink((await findLink({ token, id }, context)).link.id, context);
    const data: z.input<typeof RevokedData> = {
      revoked: links.length,
      ...(pleskSession === undefined ? {} : { plesk_session: pleskSession }),
    };
    return { data, events: links.map((link) => ({ event: 'revoked', link })) };
  },
};

const hasValue = <T>(field: T | null | undefined): field is T => field !== undefined && field !== null;

/** Links are named in one way at a time. */
function checkNamed(fields: readonly unknown[]): void {
  if (fields.filter(hasValue).length !== 1) throw new Problem('token_or_id_required');
}

async function findLink(
  { token, id }: { readonly token?: string | null | undefined; readonly id?: string | null | undefined },
  context: Context,
): Promise<Found> {
  if (hasValue(token)) return findByToken(token, context);
  const found = await context.store.findById(id ?? '');
  if (found === undefined) throw new Problem('token_unknown');
  return found;
}

/** The two clocks differ by less where none was set, in milliseconds. */
const SAME_CLOCK_MS = 10_000;

/**
 * An instant of the store's clock, by the clock on the wall where one of them was set since. In whole seconds, so that a
 * repeated answer says the same.
 */
function shown(instant: number, now: number, clock: Clock): string {
  const difference = clock.now() - now;
  const shift = Math.abs(difference) < SAME_CLOCK_MS ? 0 : Math.round(difference / 1000) * 1000;
  return new Date(instant + shift).toISOString();
}
