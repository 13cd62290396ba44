import { access } from './access.ts';
import { authentication } from './authentication.ts';
import type { Checkup } from './checkup.ts';
import { header } from './header.ts';
import { validity } from './validity.ts';
import { version } from './version.ts';

/** In the order that Plesk documents; the first fault is the answer. */
export const CHECKUPS: readonly Checkup[] = [header, version, authentication, access, validity];
