import type { OperatorRequests } from './operator.ts';

export const eventLog = {
  name: 'event_log',
  since: '1.6.3.0',
  operations: {
    get: 'options( flush_selected_range:bool=true? )?',
    get_events: 'lastId:id? events( event( type:event-type class:event-class )+ )?',
    'get-last-id': ':any',
  },
} as const satisfies OperatorRequests;
