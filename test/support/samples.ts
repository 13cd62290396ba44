import { readdirSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import * as z from 'zod';
import type { EmulatorOptions } from '../../server/emulator.ts';
import { RELEASE_NAMES } from '../../server/protocol/versions/releases.ts';

const FOLDER = fileURLToPath(new URL('../../fixtures/packets/', import.meta.url));
const PARTS = ['json', 'request.xml', 'response.xml'] as const;

/** The options of the emulator that a sample may set itself. */
type SampleSettings = Omit<EmulatorOptions, 'plesk' | 'clock' | 'ids' | 'log' | 'listen'>;

/** What a sample's JSON file says: everything about its packet that is not in the two bodies. */
const Facts = z.strictObject({
  source: z.strictObject({
    kind: z.enum(['documented', 'observed', 'assumed']),
    at: z.string().min(1),
    says: z.string().min(1),
  }),
  /** The release that answers so. */
  plesk: z.enum(RELEASE_NAMES).default('18.0'),
  /** The options of the emulator that differ from the defaults; the seed is demo unless it is named. */
  settings: z.custom<SampleSettings>((value) => typeof value === 'object').default({}),
  /** The ids that it gives, where they are part of the sample; else they count from 1. */
  ids: z.array(z.string().regex(/^[\da-f]{32}$/)).optional(),
  /** Samples whose requests are sent to the same emulator before. */
  after: z.array(z.string()).default([]),
  /** Headers in the client's own spelling; credentials among them stand for those of `caller`. */
  headers: z.record(z.string(), z.string()).default({}),
  caller: z.strictObject({ login: z.string(), password: z.string() }).nullable().optional(),
  transport: z.enum(['content-length', 'chunked', 'expect-100']).default('content-length'),
  /** The Content-Length of a client that counts wrong. */
  contentLength: z.int().min(0).optional(),
  /** The first error of the response. */
  errcode: z.int().optional(),
});

/** One packet as a client sends it, and the whole answer that is expected. */
export interface Sample extends z.output<typeof Facts> {
  /** `server/create_session/documented` */
  readonly name: string;
  readonly request: Buffer;
  readonly response: string;
}

const NAME = /^([^.]+)\.(json|request\.xml|response\.xml)$/;

/** The parts that lie in the folder, by the name of their sample. */
function partsBySample(): ReadonlyMap<string, readonly string[]> {
  const parts = new Map<string, string[]>();
  for (const entry of readdirSync(FOLDER, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile()) continue;
    const path = [...relative(FOLDER, entry.parentPath).split(sep), entry.name].join('/');
    const [, name = path, part = 'another file'] = NAME.exec(path) ?? [];
    parts.set(name, [...(parts.get(name) ?? []), part].sort());
  }
  return parts;
}

/** The names of samples that lack one of their three files, or have another one. */
export const incompleteSamples = (): readonly string[] =>
  [...partsBySample()]
    .filter(([name, parts]) => name.split('/').length !== 3 || parts.join() !== PARTS.join())
    .map(([name, parts]) => `${name}: ${parts.join(', ')}`);

/** One sample by its name. */
export function readSample(name: string): Sample {
  const read = (part: (typeof PARTS)[number]): Buffer => readFileSync(`${FOLDER}${name}.${part}`);
  try {
    const facts = Facts.parse(JSON.parse(read('json').toString()));
    return { ...facts, name, request: read('request.xml'), response: read('response.xml').toString() };
  } catch (error) {
    throw new Error(`sample ${name} cannot be read`, { cause: error });
  }
}

/** Every sample that is whole, in the order of the names. */
export const allSamples = (): readonly Sample[] =>
  [...partsBySample()]
    .filter(([, parts]) => parts.join() === PARTS.join())
    .map(([name]) => readSample(name))
    .sort((a, b) => (a.name < b.name ? -1 : 1));

/** An answer as it came over the wire. */
export interface WireAnswer {
  readonly status: number;
  /** Names and values in their order and spelling. */
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly body: string;
}

const ADMIN = { login: 'admin', password: 'changeme1Q**' };

/** Sends a sample's request to a port of this machine, byte for byte as its client does. */
export async function sendSample(sample: Sample, port: number): Promise<WireAnswer> {
  const socket = connect(port, '127.0.0.1');
  const received = reader(socket);
  try {
    socket.write(headOf(sample, port));
    if (sample.transport === 'expect-100') await received((text) => text === CONTINUE);
    socket.write(sample.transport === 'chunked' ? chunked(sample.request) : sample.request);
    return parseAnswer(await received((text) => text !== CONTINUE && isWhole(text.replace(CONTINUE, ''))));
  } finally {
    socket.destroy();
  }
}

const CONTINUE = 'HTTP/1.1 100 Continue\r\n\r\n';

function headOf({ headers, caller, transport, request, contentLength }: Sample, port: number): string {
  const hasOwn = Object.keys(headers).some((name) => /^(key|http_auth_login)$/i.test(name));
  const { login, password } = caller ?? ADMIN;
  const lines = [
    'POST /enterprise/control/agent.php HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    ...(hasOwn || caller === null ? [] : [`HTTP_AUTH_LOGIN: ${login}`, `HTTP_AUTH_PASSWD: ${password}`]),
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
    transport === 'chunked'
      ? 'Transfer-Encoding: chunked'
      : `Content-Length: ${contentLength ?? request.length}`,
    ...(transport === 'expect-100' ? ['Expect: 100-continue'] : []),
  ];
  return `${lines.join('\r\n')}\r\n\r\n`;
}

/** In two chunks, so that a packet is put together from pieces. */
function chunked(body: Buffer): Buffer {
  const half = Math.ceil(body.length / 2);
  const chunks = [body.subarray(0, half), body.subarray(half)].filter(({ length }) => length > 0);
  const framed = chunks.flatMap((chunk) => [`${chunk.length.toString(16)}\r\n`, chunk, '\r\n']);
  return Buffer.concat([...framed, '0\r\n\r\n'].map((part) => Buffer.from(part)));
}

/** Gives what a socket has received, as latin1, once that is enough. */
function reader(socket: Socket): (isEnough: (text: string) => boolean) => Promise<string> {
  let text = '';
  let look = (): void => undefined;
  let failed: Error | undefined;
  const fail = (error: Error): void => {
    failed = error;
    look();
  };
  socket.on('data', (bytes) => {
    text += bytes.toString('latin1');
    look();
  });
  socket.on('error', fail);
  socket.on('close', () => {
    fail(failed ?? new Error(`the connection ended after: ${text}`));
  });
  return (isEnough) =>
    new Promise((resolve, reject) => {
      look = () => {
        if (isEnough(text)) resolve(text);
        else if (failed !== undefined) reject(failed);
      };
      look();
    });
}

function isWhole(text: string): boolean {
  const end = text.indexOf('\r\n\r\n');
  const [, length] = /\r\ncontent-length: (\d+)\r\n/i.exec(text.slice(0, end + 2)) ?? [];
  return end !== -1 && text.length >= end + 4 + Number(length ?? 0);
}

function parseAnswer(received: string): WireAnswer {
  const text = received.replace(CONTINUE, '');
  const end = text.indexOf('\r\n\r\n');
  const [first = '', ...lines] = text.slice(0, end).split('\r\n');
  return {
    status: Number(first.split(' ')[1]),
    headers: lines.map((line) => {
      const colon = line.indexOf(':');
      return [line.slice(0, colon), line.slice(colon + 1).trim()] as const;
    }),
    body: Buffer.from(text.slice(end + 4), 'latin1').toString(),
  };
}
