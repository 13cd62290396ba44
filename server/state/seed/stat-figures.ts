import * as z from 'zod';
import { anyText, count, decimal, part, size, someText, truth } from './figure-types.ts';

const some = count.optional();

/** What a seed may say of the dataset stat. */
export const StatFigures = part({
  objects: part({
    clients: count.optional(),
    domains: some,
    active_domains: some,
    mail_boxes: some,
    mail_redirects: some,
    mail_groups: some,
    mail_responders: some,
    web_users: some,
    databases: some,
    database_users: some,
    problem_clients: some,
    problem_domains: some,
  }),
  version: part({
    plesk_name: someText.optional(),
    plesk_version: someText.optional(),
    plesk_os: someText.optional(),
    plesk_os_version: someText.optional(),
    plesk_build: someText.optional(),
    os_release: someText.optional(),
    veid: count.optional(),
  }),
  other: part({
    cpu: anyText.optional(),
    uptime: count.optional(),
    inside_vz: truth.optional(),
  }),
  load_avg: part({
    l1: decimal.optional(),
    l5: decimal.optional(),
    l15: decimal.optional(),
  }),
  mem: part({
    total: size.optional(),
    used: size.optional(),
    free: size.optional(),
    shared: size.optional(),
    buffer: size.optional(),
    cached: size.optional(),
  }),
  swap: part({
    total: size.optional(),
    used: size.optional(),
    free: size.optional(),
  }),
  diskspace: part({
    device: z
      .array(z.strictObject({ name: someText, total: size, used: size, free: size }))
      .min(1)
      .readonly()
      .optional(),
  }),
});
