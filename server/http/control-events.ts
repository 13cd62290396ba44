import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Control } from '../control/control.ts';
import type { Kept } from '../control/journal.ts';
import { entryOf } from '../control/show.ts';
import { httpDate } from './stamps.ts';

/**
 * `GET /_emulator/events`: server-sent events. `entry` has an entry of the journal, its id as the event's, `changed`
 * the name of a call that was made. Whoever comes back with Last-Event-ID gets what came meanwhile.
 */
export function sendEvents(request: IncomingMessage, response: ServerResponse, control: Control): void {
  const { journal, listeners, panel } = control;
  response.sendDate = false;
  response.writeHead(200, {
    Date: httpDate(panel.clock.now()),
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-store',
    'X-Content-Type-Options': 'nosniff',
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  const sendEntry = (kept: Kept): void => {
    response.write(`id: ${kept.id}\nevent: entry\ndata: ${JSON.stringify(entryOf(kept))}\n\n`);
  };
  const sendChange = (call: string): void => {
    response.write(`event: changed\ndata: ${JSON.stringify({ call })}\n\n`);
  };
  // So that whoever listens knows that it does.
  response.write(': here\n\n');
  const seen = Number(request.headers['last-event-id'] ?? journal.last);
  for (const kept of journal.all()) if (kept.id > seen) sendEntry(kept);
  const stop = journal.listen(sendEntry);
  listeners.add(sendChange);
  response.once('close', () => {
    stop();
    listeners.delete(sendChange);
  });
}
