import { withoutSecrets } from '../../base/secret.ts';

/** The header in which the emulator says what Plesk keeps to itself. */
export const REASON = 'Emulator-Reason';

/** A reason as a header can hold it, without secrets: percent-encoded where it is no printable ASCII, at most 1 KB. */
export function reasonHeader(reason: string): string {
  const encoded = withoutSecrets(reason).replace(/[^ -~]+|%/gu, (found) =>
    encodeURIComponent(Buffer.from(found).toString()),
  );
  if (encoded.length <= MOST) return encoded;
  // Cut between characters: each ends with the last byte of its encoding.
  const whole = /^(?:[^%]|%[0-7].|%[C-D].%..|%E.%..%..|%F.%..%..%..)*/.exec(
    encoded.slice(0, MOST - ELLIPSIS.length),
  );
  return `${whole?.[0] ?? ''}${ELLIPSIS}`;
}

const MOST = 1024;
const ELLIPSIS = '...';
