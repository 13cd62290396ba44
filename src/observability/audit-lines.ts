import type { Log } from '../../base/log.ts';
import { withoutSecrets } from '../../base/secret.ts';
import type { Audit, AuditEntry } from './audit.ts';

/** Characters that nobody sees, or that turn the direction of text, by their numbers: `<U+202E>`. */
const visible = (text: string): string =>
  text.replace(/[\p{Cf}\p{Zl}\p{Zp}]/gu, (found) => {
    const digits = (found.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0');
    return `<U+${digits}>`;
  });

/** The fields of an audit line, as they are named in JSON. */
export const fieldsOf = (entry: AuditEntry): Readonly<Record<string, unknown>> => ({
  audit: entry.event,
  seq: entry.sequence,
  outcome: entry.outcome,
  request_id: entry.requestId,
  address: entry.address === '' ? undefined : entry.address,
  action: entry.action,
  link: entry.linkId,
  user: entry.userId,
  key: entry.keyId,
  server: entry.server,
  service: entry.serviceId,
  destination: entry.destination === undefined ? undefined : visible(entry.destination),
  mode: entry.mode,
  errcode: entry.errcode,
  detail: entry.detail === undefined ? undefined : visible(withoutSecrets(entry.detail)),
});

/** An audit whose lines go where the log goes, each with all its fields and, for people, a sentence. */
export function auditInto(log: Log): Audit {
  return {
    record: (entry) => {
      if (!log.isOn) return;
      const isFine = ['successful', 'client_gone'].includes(entry.outcome) || entry.event === 'revoked';
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
  const cause = detail === undefined ? '' : ` (${visible(withoutSecrets(detail))})`;
  const from = address === '' ? '' : `, from ${address}`;
  return `${event} ${what}${whose}${from}${by}${why}${cause}`;
}
