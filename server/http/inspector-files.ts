/** The files of the inspector, by their paths below `/_emulator`. */
export const INSPECTOR_FILES: ReadonlyMap<string, string> = new Map([
  ['/', 'index.html'],
  ...[
    'inspector.css',
    'icon.svg',
    'inspector.js',
    'activity.js',
    'api.js',
    'clock.js',
    'copies.js',
    'details.js',
    'dom.js',
    'events.js',
    'fault-kinds.js',
    'faults.js',
    'header.js',
    'sessions.js',
    'state.js',
    'words.js',
    'xml.js',
  ].map((name): [string, string] => [`/${name}`, name]),
]);
