import { isIP } from 'node:net';
import { z } from 'zod';
import { isHostName } from '../../base/addresses.ts';
import type { XmlElement } from './answer.ts';
import { readPacket, Unreadable } from './answer.ts';
import type { PleskIdentity } from './plesk.ts';

/** Plesk does not do it, and says why. */
export interface Refusal {
  readonly kind: 'refused';
  /** `system` where it refuses the packet, `result` where it refuses the operation. */
  readonly level: 'system' | 'result';
  readonly errcode: number;
  readonly errtext: string;
}

/** What Plesk answers to a packet with one operation. */
export type Answer<T> = Refusal | { readonly kind: 'done'; readonly value: T };

/** An operation, and what its result has to hold where it was done. */
export interface Operation<T> {
  readonly operator: string;
  readonly name: string;
  readonly result: z.ZodType<T>;
  /** The largest answer to it that is read. */
  readonly mostBytes: number;
}

const one = <T extends z.ZodType>(schema: T): z.ZodTuple<[T], null> => z.tuple([schema]);

const OK = { status: one(z.literal('ok')), errcode: z.never().optional() };

/** Lower case only: it becomes the value of a cookie, and nobody says that Plesk compares those without regard to it. */
const sessionId = z.string().regex(/^[\da-f]{32}$/);

export const CREATE_SESSION: Operation<string> = {
  operator: 'server',
  name: 'create_session',
  result: z.object({ ...OK, id: one(sessionId) }).transform(({ id: [id] }) => id),
  mostBytes: 8192,
};

export const TERMINATE: Operation<'ended'> = {
  operator: 'session',
  name: 'terminate',
  result: z.object(OK).transform(() => 'ended'),
  mostBytes: 8192,
};

const version = z.string().regex(/^\d+(?:\.\d+){1,4}$/);
const hostName = z.string().refine((name) => isHostName(name) || isIP(name) !== 0);

export const GET_SERVER: Operation<PleskIdentity> = {
  operator: 'server',
  name: 'get',
  mostBytes: 65_536,
  result: z
    .object({
      ...OK,
      gen_info: one(z.object({ server_name: one(hostName) })),
      stat: one(z.object({ version: one(z.object({ plesk_version: one(version) })) })),
    })
    .transform(({ gen_info: [info], stat: [stat] }) => ({
      hostName: info.server_name[0],
      version: stat.version[0].plesk_version[0],
    })),
};

const REFUSED = z.object({
  status: one(z.literal('error')),
  errcode: one(z.string().regex(/^\d{1,6}$/)),
  // Whatever it is, it is for the log only.
  errtext: z.array(z.unknown()).optional(),
});

/** Reads the answer to a packet with one operation: one refusal or one result, else it throws an Unreadable. */
export function readAnswer<T>(body: Buffer, operation: Operation<T>): Answer<T> {
  // Besides the answer there may be what Plesk has to say to its developers.
  const [answer, ...more] = readPacket(body).children.filter(({ name }) => name !== 'output');
  const found =
    answer === undefined || more.length > 0
      ? undefined
      : (refusalIn(answer, 'system') ?? resultIn(answer, operation));
  if (found !== undefined) return found;
  const { operator, name } = operation;
  throw new Unreadable(`the answer holds no result, or not the one, of ${operator}/${name}`);
}

function resultIn<T>(
  operator: XmlElement,
  { name, result, ...operation }: Operation<T>,
): Answer<T> | undefined {
  const found =
    operator.name === operation.operator ? onlyChild(onlyChild(operator, name), 'result') : undefined;
  if (found === undefined) return undefined;
  const done = result.safeParse(valuesOf(found));
  return done.success ? { kind: 'done', value: done.data } : refusalIn(found, 'result');
}

function refusalIn(element: XmlElement, level: Refusal['level']): Refusal | undefined {
  const { success, data } = REFUSED.safeParse(valuesOf(element));
  if (element.name !== level || !success) return undefined;
  const [errtext] = data.errtext ?? [];
  return {
    kind: 'refused',
    level,
    errcode: Number(data.errcode[0]),
    errtext: typeof errtext === 'string' ? errtext : '',
  };
}

/** The child of an element, where it has just this one. */
function onlyChild(parent: XmlElement | undefined, name: string): XmlElement | undefined {
  const [child, ...others] = parent?.children ?? [];
  return others.length === 0 && child?.name === name ? child : undefined;
}

/** What zod checks: the text of an element, or by their names all that its children hold. */
function valuesOf({ text, children }: XmlElement): unknown {
  if (children.length === 0) return text;
  // Without a prototype, so that no name means anything that is not there.
  const values = Object.create(null) as Record<string, unknown[]>;
  for (const child of children) (values[child.name] ??= []).push(valuesOf(child));
  return values;
}
