import type { Rule } from '../../protocol/source.ts';
import { assumed, documented } from '../../protocol/source.ts';

/** What holds for the operations by which customers change hands. */
export const CUSTOMER_RULES: readonly Rule[] = [
  {
    id: 'customer/moved-by',
    source: assumed(
      'nobody has recorded it',
      'convert-to-reseller and change-owner are for the administrator; 1006 for others',
    ),
  },
  {
    id: 'customer/converted',
    source: documented(
      'docs.plesk.com article 60525',
      "the administrator's customers alone; 1023 for others and 1013 for an unknown plan are assumed",
    ),
  },
  {
    id: 'customer/new-owner',
    source: assumed(
      'the code table',
      '1015 for a new owner who is not there or is a customer; max_cl counts',
    ),
  },
  {
    id: 'customer/addresses-of-change-owner',
    source: documented(
      'docs.plesk.com article 73470',
      'the manual wants an address; none is assumed to do where nothing is hosted',
    ),
  },
];
