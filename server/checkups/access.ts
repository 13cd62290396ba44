import { normalAddress } from '../../base/addresses.ts';
import { FAULTS } from '../protocol/faults.ts';
import { documented } from '../protocol/source.ts';
import { isPermitted, REMOTE_API } from '../state/reseller-terms.ts';
import type { Checkup } from './checkup.ts';

/** Whether the API is open to the caller's address, and a reseller may use it. */
export const access: Checkup = {
  id: 'checkup/access',
  source: documented(
    'docs.plesk.com articles 28709, 28729 and 71930',
    'panel.ini [api] enabled and allowedIPs; a reseller needs remote_access_interface; others have access always',
  ),
  check: ({ address }, { settings }, { caller }) => {
    if (!settings.api) return FAULTS.apiClosed(address, 'the API is switched off (setting api)');
    const isAllowed = settings.apiAllowedIps?.some((allowed) => normalAddress(allowed) === address) ?? true;
    if (!isAllowed) return FAULTS.apiClosed(address, 'the address is not among apiAllowedIps');
    if (caller !== undefined && !isPermitted(caller, REMOTE_API)) {
      return FAULTS.permissionDenied(`the reseller ${caller.login} may not use the remote API`);
    }
    return {};
  },
};
