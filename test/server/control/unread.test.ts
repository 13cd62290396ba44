import { expect, it } from 'vitest';
import { systemClock } from '../../../base/clock.ts';
import { silentLog } from '../../../base/log.ts';
import { askedVersion } from '../../../server/checkups/version.ts';
import { checkSettings } from '../../../server/config.ts';
import type { Operation } from '../../../server/operations/define.ts';
import { planPacket } from '../../../server/operations/packet.ts';
import { Violation } from '../../../server/protocol/decode.ts';
import { Fault } from '../../../server/protocol/faults.ts';
import { readText } from '../../../server/protocol/text-decoding.ts';
import type { Protocol } from '../../../server/protocol/versions/protocols.ts';
import { resolveVersion } from '../../../server/protocol/versions/protocols.ts';
import { readXml, Unreadable } from '../../../server/protocol/xml.ts';
import type { Panel } from '../../../server/state/panel.ts';
import { createPanel } from '../../../server/state/panel.ts';
import { seedState } from '../../../server/state/seed/seed.ts';
import { countingIds } from '../../support/emulator.ts';
import { allSamples } from '../../support/samples.ts';
import { inServer, sessionPacket } from '../../support/wire.ts';

// One of each role: an operation reads nothing of its values where its filter finds no account.
const ACCOUNTS = [
  { login: 'carl', password: 'customer1Q**', role: 'customer' },
  { login: 'rita', password: 'reseller1Q**', role: 'reseller' },
] as const;

const PACKETS: readonly (readonly [name: string, packet: Buffer])[] = [
  ...allSamples().map(({ name, request }) => [name, request] as const),
  [
    'all of data',
    Buffer.from(
      sessionPacket('carl', {
        c_email: 'a@b.c',
        c_phone: '1',
        starting_url: '/',
        navigation: 'n',
        pathbar: 'p',
        logo_img_url: 'l',
        logo_img_ref: 'r',
        locale_id: 'de-DE',
        skin: 's',
        domain_name: 'd',
        disable_lock_screen: 'true',
        max_button_length: '9',
        back_url: '/b',
      }),
    ),
  ],
  ['prefs', Buffer.from(inServer('<set><prefs><smtp_password>x</smtp_password></prefs></set>'))],
  ['a filter by name', Buffer.from(inServer('<get><key><filter><name>x</name></filter></key></get>'))],
  ['session/get with children', Buffer.from('<packet><session><get><filter/><x/></get></session></packet>')],
];

it.each(PACKETS)('%s: what an operation does not read, it declares as unread', (_name, bytes) => {
  const panel = panelOfTest();
  for (const { operation, input, protocol } of operationsIn(bytes, panel)) {
    const read = new Set<string>();
    const results = operation.run(watched(input, read), callOf(panel, protocol));
    if (results.some((result) => result instanceof Fault)) continue;

    const unread = leavesOf(input).filter((path) => !read.has(path));

    const declared = operation.unread?.(input, panel.release) ?? [];
    expect(unread.filter((path) => !declared.includes(path))).toEqual([]);
    expect(declared.filter((path) => !leavesOf(input).includes(path))).toEqual([]);
  }
});

it('finds all four kinds of unread fields in these packets', () => {
  const panel = panelOfTest();
  const declared = PACKETS.flatMap(([, bytes]) => operationsIn(bytes, panel)).flatMap(
    ({ operation, input }) =>
      operation
        .unread?.(input, panel.release)
        .map((path) => `${operation.operator}/${operation.name}: ${path}`) ?? [],
  );

  expect(declared).toEqual(
    expect.arrayContaining([
      'server/create_session: data/skin',
      'server/create_session: data/starting_url',
      'server/set: prefs/smtp_password',
      'server/get: key/filter/name',
      'session/get: filter',
    ]),
  );
});

function panelOfTest(): Panel {
  const settings = checkSettings({ emptyUserIp: 'caller' });
  const seed = seedState({ accounts: [...ACCOUNTS] }, settings);
  return createPanel({ settings, seed, clock: systemClock, ids: countingIds(), log: silentLog });
}

interface Planned {
  readonly operation: Operation;
  readonly input: unknown;
  readonly protocol: Protocol;
}

/** The operations of a packet that would be run. */
function operationsIn(bytes: Buffer, panel: Panel): readonly Planned[] {
  const text = readText(bytes);
  const packet = text instanceof Unreadable ? text : readXml(text);
  if (packet instanceof Unreadable) return [];
  const protocol = resolveVersion(askedVersion(packet), panel.spoken);
  const plan = protocol && planPacket(packet, protocol, panel.spoken);
  if (plan === undefined || plan instanceof Violation) return [];
  return plan.flatMap(({ operations }) =>
    operations.flatMap(({ todo }) =>
      todo instanceof Fault || protocol === undefined ? [] : [{ ...todo, protocol }],
    ),
  );
}

function callOf(panel: Panel, protocol: Protocol): Parameters<NonNullable<Operation['run']>>[1] {
  const caller = panel.accounts.byLogin('admin');
  if (caller === undefined) throw new Error('there is always an administrator');
  return { caller, address: '127.0.0.1', now: 0, protocol, panel, remark: () => undefined };
}

/** An element that was not decoded holds its children, by their names. */
const insideOf = (value: object): object =>
  'strayAt' in value && 'children' in value
    ? Object.fromEntries(
        (value.children as readonly { readonly name: string }[]).map(({ name }) => [name, '']),
      )
    : value;

/** The paths of all fields that hold a value of their own; a list is one. */
function leavesOf(value: unknown, path = ''): readonly string[] {
  if (typeof value !== 'object' || value === null) return path === '' ? [] : [path];
  if (Array.isArray(value)) return value.length === 0 ? [] : [path];
  return Object.entries(insideOf(value)).flatMap(([name, inner]) =>
    leavesOf(inner, path === '' ? name : `${path}/${name}`),
  );
}

/** The same value, which writes down what of it is read; to read the name of an empty element is to read it. */
function watched(value: unknown, read: Set<string>, path = ''): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) {
    return new Proxy(value as unknown[], {
      get: (target, name) => {
        read.add(path);
        return Reflect.get(target, name) as unknown;
      },
    });
  }
  const below = (name: string | symbol): string => (path === '' ? String(name) : `${path}/${String(name)}`);
  return new Proxy(value, {
    get: (target, name) => {
      const inner: unknown = Reflect.get(target, name);
      if (typeof inner !== 'object') read.add(below(name));
      return watched(inner, read, below(name));
    },
    ownKeys: (target) => {
      for (const [name, inner] of Object.entries(target)) if (inner === true) read.add(below(name));
      return Reflect.ownKeys(target);
    },
  });
}
