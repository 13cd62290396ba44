import type { Request, Response } from 'express';
import type { Context } from '../context.ts';

/** What the service knows of a request before it looks at what is asked. */
export interface Exchange {
  /** A UUID, told to the caller and written into log and audit. */
  readonly requestId: string;
  /** The peer's address in normal form, '' where the connection is gone already. */
  readonly address: string;
}

/** What the first step of the app has noted of a request. */
export const exchangeOf = ({ locals }: Response): Exchange => locals['exchange'] as Exchange;

/** A version 4 UUID. */
export function newRequestId({ ids }: Pick<Context, 'ids'>): string {
  const hex = ids.hex32();
  const variant = '89ab'.charAt(parseInt(hex.charAt(16), 16) % 4);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    `4${hex.slice(13, 16)}`,
    `${variant}${hex.slice(17, 20)}`,
    hex.slice(20),
  ].join('-');
}

/** Whether nobody waits for the answer any more: a browser that is gone has closed its side at least. */
export const isGone = ({ socket }: Request, { closed }: Response): boolean =>
  closed || socket.destroyed || socket.readableEnded;
