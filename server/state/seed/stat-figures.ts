import * as z from 'zod';
import { anyText, count, decimal, field, part, size, someText, truth } from './figure-types.ts';

/** What a seed may say of the dataset stat. */
export const StatFigures = part('The dataset stat', {
  objects: part('How many objects there are', {
    clients: field('Customers; counted without it', count, 3),
    domains: field('Domains', count),
    active_domains: field('Domains that are active', count),
    mail_boxes: field('Mailboxes', count),
    mail_redirects: field('Mail redirects', count),
    mail_groups: field('Mail groups', count),
    mail_responders: field('Automatic replies', count),
    web_users: field('Web users', count),
    databases: field('Databases', count),
    database_users: field('Database users', count),
    problem_clients: field('Customers with problems', count),
    problem_domains: field('Domains with problems', count),
  }),
  version: part('The software of the server', {
    plesk_name: field('The name of the product', someText),
    plesk_version: field('Its version; that of the release without it', someText, '18.0.33'),
    plesk_os: field('The operating system', someText),
    plesk_os_version: field('Its version', someText),
    plesk_build: field('The build of Plesk; that of the release without it', someText, '1800330000.00'),
    os_release: field('The kernel', someText),
    veid: field('The number of the container; left out without it', count, 101),
  }),
  other: part('The machine', {
    cpu: field('The processor', anyText),
    uptime: field('Seconds since it was started', count),
    inside_vz: field('Whether it is a container of Virtuozzo', truth),
  }),
  load_avg: part('How busy it is', {
    l1: field('The load of the last minute, in hundredths', decimal),
    l5: field('The load of the last 5 minutes, in hundredths', decimal),
    l15: field('The load of the last 15 minutes, in hundredths', decimal),
  }),
  mem: part('The memory, in bytes', {
    total: field('All of it', size),
    used: field('In use', size),
    free: field('Free', size),
    shared: field('Shared', size),
    buffer: field('In buffers', size),
    cached: field('In caches', size),
  }),
  swap: part('The swap space, in bytes', {
    total: field('All of it', size),
    used: field('In use', size),
    free: field('Free', size),
  }),
  diskspace: part('The disks, in bytes', {
    device: field(
      'A disk each',
      z
        .array(
          z.strictObject({
            name: someText.describe('The device'),
            total: size.describe('All of it'),
            used: size.describe('In use'),
            free: size.describe('Free'),
          }),
        )
        .min(1)
        .readonly(),
    ),
  }),
});
