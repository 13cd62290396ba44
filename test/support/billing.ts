import type { Emulator } from '../../server/emulator.ts';
import { ask, textsOf } from './agent.ts';
import { credentials } from './wire.ts';

/** Texts by element, in the order of the schema. */
type Values = Readonly<Record<string, string>>;

/** A customer as a billing module knows it. */
interface Found {
  readonly id: string;
  readonly login: string;
  readonly status: string;
  readonly externalId: string;
}

/** What a billing module does to customers; everything else than "ok" is an error with the errcode as its message. */
export interface Billing {
  /** The customer that a filter finds by one value, or `undefined` where there is none. */
  find(kind: 'id' | 'login' | 'external-id', value: string): Promise<Found | undefined>;
  /** Answers the id. */
  add(values: Values): Promise<string>;
  set(id: string, values: Values): Promise<void>;
  remove(id: string): Promise<void>;
  /** Answers the token of a session for a browser on this machine. */
  session(login: string): Promise<string>;
  /** Every packet that was sent, and every answer. */
  readonly sent: readonly string[];
  readonly answers: readonly string[];
}

/** A billing module that calls an emulator with these credentials. */
export function billing(plesk: Emulator, caller: Parameters<typeof credentials>[0] = plesk.admin): Billing {
  const sent: string[] = [];
  const answers: string[] = [];
  const send = async (inner: string): Promise<string> => {
    const packet = `<packet>${inner}</packet>`;
    sent.push(packet);
    const { body } = await ask(plesk, packet, credentials(caller));
    answers.push(body);
    const [errcode] = textsOf(body, 'errcode');
    if (errcode !== undefined) throw new Error(errcode);
    return body;
  };
  const inCustomer = (operation: string, inner: string): Promise<string> =>
    send(`<customer><${operation}>${inner}</${operation}></customer>`);
  return {
    sent,
    answers,
    find: async (kind, value) => {
      try {
        const filter = `<filter>${elements({ [kind]: value })}</filter>`;
        return found(await inCustomer('get', `${filter}<dataset><gen_info/></dataset>`));
      } catch (error) {
        if (error instanceof Error && error.message === '1013') return undefined;
        throw error;
      }
    },
    add: async (values) => first(await inCustomer('add', `<gen_info>${elements(values)}</gen_info>`), 'id'),
    set: async (id, values) => {
      const filter = `<filter><id>${id}</id></filter>`;
      await inCustomer('set', `${filter}<values><gen_info>${elements(values)}</gen_info></values>`);
    },
    remove: async (id) => {
      await inCustomer('del', `<filter><id>${id}</id></filter>`);
    },
    session: async (login) => {
      const data = elements({ user_ip: btoa('127.0.0.1'), source_server: '' });
      const named = `${elements({ login })}<data>${data}</data>`;
      return first(await send(`<server><create_session>${named}</create_session></server>`), 'id');
    },
  };
}

const found = (body: string): Found => ({
  id: first(body, 'id'),
  login: first(body, 'login'),
  status: textsOf(body, 'status')[1] ?? '',
  externalId: first(body, 'external-id'),
});

const first = (body: string, name: string): string => textsOf(body, name)[0] ?? '';

const elements = (values: Values): string =>
  Object.entries(values)
    .map(([name, value]) => `<${name}>${value.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</${name}>`)
    .join('');
