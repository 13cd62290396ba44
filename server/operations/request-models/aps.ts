import type { OperatorRequests } from './operator.ts';

export const aps = {
  name: 'aps',
  since: '1.6.3.0',
  models: {
    package: `
      name version? release? vendor? packager? is_uploaded? is_visible? description? global_settings_not_set?`,
  },
  operations: {
    'download-package': 'package{package} aps-catalog-url?',
    'get-download-status': 'filter( ( task-id:id+ )? )',
    'import-package': 'filename',
    'get-packages-list': 'filter( ( package-id:id+ )? ) | all:any',
    install: `
      ( domain-id:id | domain-name | subdomain-id:id | subdomain-name ) ( package-id:id | package{package} )
      ssl:bool? url-prefix:1..255? database( name:1.. login:1.. password prefix:text? server:text? )?
      settings( setting( name value:text+ )+ )?`,
    'import-config': 'filename',
    'set-package-properties': 'filter( ( package-id:id+ )? ) properties( visible:bool )',
    'get-packages-list-by-reseller': 'reseller-id:id',
    'get-packages-list-by-webspace': 'webspace-id:id',
  },
} as const satisfies OperatorRequests;
