import * as z from 'zod';
import { ADMIN_CONTACT, SERVER_PREFS } from '../../protocol/server-types.ts';
import { boolean, string } from '../../protocol/simple-types.ts';
import { anyText, pairs, part, someOf, someText, truth } from './figure-types.ts';
import { StatFigures } from './stat-figures.ts';

/** What a seed may say of the server: any of the figures, by the elements of the schema. */
export const SeedFigures = z.strictObject({
  key: part({
    property: pairs.optional(),
    content: z.base64().min(1).optional(),
  }),
  gen_info: part({
    server_name: someText.optional(),
    server_guid: someText.optional(),
    'external-id': anyText.optional(),
    'vps-optimized-status': z.strictObject({ aspect: pairs }).optional(),
    mode: z.enum(['standard', 'poweruser']).optional(),
  }),
  components: part({
    component: z
      .array(z.strictObject({ name: someText, version: someText }))
      .min(1)
      .readonly()
      .optional(),
  }),
  stat: StatFigures,
  admin: someOf({
    ...ADMIN_CONTACT,
    admin_locale: string,
    admin_multiple_sessions: boolean,
    uid: string,
    'global-login': string,
  }).optional(),
  interfaces: part({ interface: z.array(someText).readonly().optional() }),
  services_state: part({
    srv: z
      .array(
        z.strictObject({
          id: someText,
          title: someText,
          state: z.enum(['running', 'stopped', 'none']),
          error: someText.optional(),
        }),
      )
      .readonly()
      .optional(),
  }),
  prefs: someOf(SERVER_PREFS).optional(),
  shells: part({
    shell: z
      .array(z.strictObject({ name: someText, path: someText }))
      .min(1)
      .readonly()
      .optional(),
  }),
  session_setup: part({ login_timeout: z.int().min(1).max(99_999).optional() }),
  'site-isolation-config': part({
    property: pairs.optional(),
  }),
  updates: part({
    available_update: anyText.optional(),
    available_update_type: anyText.optional(),
    security_updates: anyText.optional(),
    last_installed_update: anyText.optional(),
    install_updates_automatically: truth.optional(),
    install_third_party_updates: truth.optional(),
    install_system_package_updates_automatically: truth.optional(),
  }),
  'admin-domain-list': part({
    domain: z
      .array(z.strictObject({ id: someText, name: someText }))
      .readonly()
      .optional(),
  }),
  certificates: part({
    certificate: z
      .array(z.strictObject({ name: someText }))
      .readonly()
      .optional(),
  }),
});
