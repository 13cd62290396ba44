import type { Fault } from '../../protocol/faults.ts';
import { FAULTS } from '../../protocol/faults.ts';
import type { Call } from '../define.ts';

/** What the release answers for a customer's login that another account has. */
export const takenLogin =
  ({ panel }: Call) =>
  (login: string): Fault =>
    FAULTS.clientExists(panel.release.errtexts.customerLoginTaken(login), login);
