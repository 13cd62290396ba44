import { AUTHENTICATION_RULES } from './checkups/authentication.ts';
import { CHECKUPS } from './checkups/index.ts';
import { AGENT_RULES } from './http/agent-route.ts';
import { DOOR_RULES } from './http/door-route.ts';
import { CATALOGUE, CATALOGUE_DROPPED, CATALOGUE_LATER } from './operations/catalogue.ts';
import { CREATE_SESSION_RULES } from './operations/server/create_session.ts';
import { OPERATIONS } from './operations/registry.ts';
import { COOKIE_RULES } from './panel/cookies.ts';
import { REDIRECT_RULES } from './panel/redirect-rules.ts';
import { RSESSION_INIT_RULES } from './panel/rsession-init.ts';
import { VISIT_RULES } from './panel/visit.ts';
import { FAULT_RULES } from './protocol/faults.ts';
import type { Rule } from './protocol/source.ts';
import { PROTOCOL_RULES } from './protocol/versions/protocols.ts';
import { RELEASE_RULES, RELEASES } from './protocol/versions/releases.ts';

/** Everything that the emulator does because Plesk does it, each with its source; docs/RULES.md lists them. */
export const RULES: readonly Rule[] = [
  ...RELEASES,
  ...RELEASE_RULES,
  ...PROTOCOL_RULES,
  ...AGENT_RULES,
  ...CHECKUPS,
  ...AUTHENTICATION_RULES,
  CATALOGUE,
  CATALOGUE_LATER,
  CATALOGUE_DROPPED,
  ...OPERATIONS,
  ...CREATE_SESSION_RULES,
  ...FAULT_RULES,
  ...DOOR_RULES,
  ...RSESSION_INIT_RULES,
  ...REDIRECT_RULES,
  ...COOKIE_RULES,
  ...VISIT_RULES,
];
