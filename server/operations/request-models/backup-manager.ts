import type { OperatorRequests } from './operator.ts';

export const backupManager = {
  name: 'backup-manager',
  since: '1.6.3.0',
  until: '1.6.9.0',
  models: {
    object: `
      webspace-id:id | webspace-name:1..255 | customer-id:id | customer-login | reseller-id:id | reseller-login |
      server:any`,
    backup: `
      ( local() | remote ) prefix? description split-size:int? ( only-hosting:any | only-mail:any )?
      only-configuration:any?`,
  },
  operations: {
    'get-remote-storage-settings': '{object}? protocol',
    'set-remote-storage-settings': `
      {object}?
      settings( protocol:any host? port:int? directory? login? password:nillable-string? passive-mode:bool? )`,
    'backup-webspace': '( webspace-id:id | webspace-name:1..255 ) {backup}',
    'backup-customer': '( customer-id:any | customer-login:any ) {backup}',
    'backup-reseller': '( reseller-id:any | reseller-login:any ) {backup}',
    'backup-server': '{backup}',
    'get-tasks-info': '( {object} | task-id:task-id )?',
    'get-local-backup-list': '{object}',
    'import-file': '{object} tmp-filename',
    'download-file': '{object} filename',
    'get-supported-protocols': '()',
    'stop-backup': 'task-id:task-id',
    'remove-file': '{object} filename',
  },
} as const satisfies OperatorRequests;
