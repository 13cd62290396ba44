import * as z from 'zod';
import { MODES } from '../directory/directory.ts';
import type { Pepper } from '../pepper.ts';
import type { LinkTerms } from './link.ts';

/** Seals the terms of links for a store that others may write to. */
export interface TermsSeal {
  seal(terms: LinkTerms, id: string, digest: string): string;
  /** The terms, or `undefined` where they were altered, belong to another link, or have a field that is not known. */
  open(sealed: string, id: string, digest: string): LinkTerms | undefined;
}

/** Each field of the terms; a new field of LinkTerms does not compile without a line here. */
type Fields = Readonly<Record<keyof LinkTerms, z.ZodType>>;

/**
 * Strict, for rolling upgrades: a release must not open a link under a condition that it does not know. A field that a
 * later release adds is optional, so that it still opens the links of the release before.
 */
const Terms = z.strictObject({
  userId: z.int(),
  serviceId: z.int(),
  server: z.string(),
  keyId: z.string(),
  destination: z.string(),
  success: z.string().optional(),
  target: z.string().optional(),
  locale: z.string().optional(),
  mode: z.enum(MODES),
  clientIp: z.string().optional(),
  browserBinding: z.string().optional(),
} satisfies Fields);

/** Bound to the link's id and to the digest of its token: no record works under another id or with another token. */
export function sealTermsWith(pepper: Pepper): TermsSeal {
  const owner = (id: string, digest: string): string => `terms ${id} ${digest}`;
  return {
    seal: (terms, id, digest) => pepper.seal(JSON.stringify(terms), owner(id, digest)),
    open: (sealed, id, digest) => {
      const text = pepper.open(sealed, owner(id, digest));
      // Sealed by us, so it is JSON.
      return text === undefined
        ? undefined
        : (Terms.safeParse(JSON.parse(text)).data as LinkTerms | undefined);
    },
  };
}
