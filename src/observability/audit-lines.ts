import type { Log } from '../../base/log.ts';
import { withoutSecrets } from '../../base/secret.ts';
import type { Audit, AuditEntry } from './audit.ts';

/** The fields of an audit line, as they are named in JSON. */
export const fieldsOf = (entry: AuditEntry): Readonly<Record<string, unknown>> => ({
  audit: entry.event,
  outcome: entry.outcome,
  request_id: entry.requestId,
  address: entry.address === '' ? undefined : entry.address,
  action: entry.action,
  link: entry.linkId,
  user: entry.userId,
  key: entry.keyId,
  server: entry.server,
  service: entry.serviceId,
  destination: entry.destination,
  mode: entry.mode,
  errcode: entry.errcode,
  detail: entry.detail === undefined ? undefined : withoutSecrets(entry.detail),
});

/** An audit whose lines go where the log goes, each with all its fields and, for people, a sentence. */
export function auditInto(log: Log): Audit {
  return {
    record: (entry) => {
      if (!log.isOn) return;
      const isFine = entry.outcome === 'successful' || entry.event === 'revoked';
      log[isFine ? 'info' : 'warn'](fieldsOf(entry), sentenceOf(entry));
    },
  };
}

/** An audit that goes to several places. */
export const auditsInto = (audits: readonly Audit[]): Audit => ({
  record: (entry) => {
    for (const audit of audits) audit.record(entry);
  },
});

function sentenceOf({
  event,
  outcome,
  linkId,
  userId,
  server,
  address,
  action,
  keyId,
  detail,
}: AuditEntry): string {
  const what = linkId === undefined ? (action ?? 'an opening') : `link ${linkId.slice(0, 8)}`;
  const whose =
    userId === undefined ? '' : ` of user ${userId}${server === undefined ? '' : ` on ${server}`}`;
  const by = action !== undefined && keyId !== undefined ? `, key ${keyId}` : '';
  const why = outcome === 'successful' ? '' : `: ${outcome}`;
  const cause = detail === undefined ? '' : ` (${withoutSecrets(detail)})`;
  const from = address === '' ? '' : `, from ${address}`;
  return `${event} ${what}${whose}${from}${by}${why}${cause}`;
}
