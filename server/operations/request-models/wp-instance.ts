import type { OperatorRequests } from './operator.ts';

export const wpInstance = {
  name: 'wp-instance',
  since: '1.6.3.0',
  until: '1.6.7.0',
  models: {
    instances: 'filter( id:id+ )',
    asset: '{instances} asset-id:text',
  },
  operations: {
    'enable-auto-updates': '{instances}',
    'disable-auto-updates': '{instances}',
    remove: '{instances}',
    'update-core': '{instances}',
    'clear-cache': '{instances}',
    'activate-plugin': '{asset}',
    'deactivate-plugin': '{asset}',
    'uninstall-plugin': '{asset}',
    'update-plugin': '{asset}',
    'install-plugin': '{asset}',
    'activate-theme': '{asset}',
    'uninstall-theme': '{asset}',
    'update-theme': '{asset}',
    'install-theme': '{asset}',
    'get-list': ':any',
    'get-plugin-list': '{instances}',
    'get-theme-list': '{instances}',
    'search-plugins': 'term:text',
    'search-themes': 'term:text',
  },
} as const satisfies OperatorRequests;
