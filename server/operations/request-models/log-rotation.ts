import type { OperatorRequests } from './operator.ts';

export const logRotation = {
  name: 'log-rotation',
  since: '1.6.3.0',
  models: {
    filter: 'site-id:id* | owner-id:id* | site-name* | owner-login*',
  },
  operations: {
    set: `
      filter{filter}
      settings(
        log-condition( log-bysize:int | log-bytime:Daily|Weekly|Monthly ) log-max-num-files:int?
        log-compress:bool? log-email?
      )`,
    get: 'filter{filter}',
    enable: 'filter{filter}',
    disable: 'filter{filter}',
    'get-status': 'filter{filter}',
  },
} as const satisfies OperatorRequests;
