import { IncomingMessage, ServerResponse } from 'node:http';
import type { RequestListener } from 'node:http';

/** What requests and responses are made with, where it is not Node's own. */
export interface Messages {
  readonly IncomingMessage?: typeof IncomingMessage;
  readonly ServerResponse?: typeof ServerResponse;
}

/** What answers the requests of a port, and what these are made with. */
export interface Answering {
  readonly answer: RequestListener;
  readonly messages: Messages;
}

/** What the messages of an app get their prototypes from; an Express app has it. */
interface Prototypes {
  request: IncomingMessage;
  response: ServerResponse;
}

/** The first release of Node in which it costs more than it saves. */
const NOT_FROM = 24;

/**
 * Messages that are an app's own from the start. Express gives every request and response the prototype of its app's,
 * and an engine drops the code that it has optimised for an object whose prototype changes; of these none changes.
 */
export function messagesOf(app: Prototypes): Messages {
  if (Number.parseInt(process.versions.node, 10) >= NOT_FROM) return {};
  class OwnRequest extends IncomingMessage {}
  class OwnResponse<R extends IncomingMessage> extends ServerResponse<R> {}
  Object.setPrototypeOf(OwnRequest.prototype, app.request);
  Object.setPrototypeOf(OwnResponse.prototype, app.response);
  app.request = OwnRequest.prototype;
  app.response = OwnResponse.prototype;
  return { IncomingMessage: OwnRequest, ServerResponse: OwnResponse };
}
