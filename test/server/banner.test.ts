import { expect, it } from 'vitest';
import { shellOf } from '../../base/shell.ts';
import { banner } from '../../server/banner.ts';
import { linesFor } from '../../server/commands/env.ts';
import { releaseOf } from '../../server/protocol/versions/releases.ts';

const SETTINGS = { host: '127.0.0.1', https: false } as const;
const PLESK = {
  url: 'http://127.0.0.1:8880',
  httpsUrl: '',
  admin: { login: 'admin', password: "it's" },
  release: releaseOf('18.0'),
};

it.each([
  ['win32', {}, 'powershell'],
  ['win32', { SHELL: '/usr/bin/bash' }, 'posix'],
  ['linux', {}, 'posix'],
  ['darwin', { SHELL: '/bin/zsh' }, 'posix'],
] as const)('on %s with %j commands are for %s', (platform, env, shell) => {
  expect(shellOf(platform, env)).toBe(shell);
});

it('has a command for PowerShell, each value one word', () => {
  const printed = banner(PLESK, SETTINGS, { asked: undefined, shell: 'powershell' });

  const command = /^\$answer = .*$/m.exec(printed)?.[0] ?? '';
  expect(command).toContain("HTTP_AUTH_PASSWD = 'it''s'");
  expect(command).toContain(
    "Invoke-RestMethod 'http://127.0.0.1:8880/enterprise/control/agent.php' -Method Post",
  );
  expect(command.replace(/'(?:[^']|'')*'/g, '')).not.toContain("'");
  expect(printed).not.toContain('curl');
});

it('sets variables as PowerShell does', () => {
  const files = { ca: 'C:\\ca.pem', extra: "C:\\it's\\ca.pem", bundle: 'C:\\bundle.pem', php: 'C:\\php' };

  expect(linesFor(files, {}, 'powershell')).toContain("$env:NODE_EXTRA_CA_CERTS = 'C:\\it''s\\ca.pem'\n");
  expect(linesFor(files, {}, 'posix')).toContain(String.raw`export NODE_EXTRA_CA_CERTS='C:\it'\''s\ca.pem'`);
});

it.each([
  [undefined, false],
  ['18.0', false],
  ['18', true],
  ['18.0.60', true],
])('says which release stands for %s: %s', (asked, says) => {
  const printed = banner(PLESK, SETTINGS, { asked, shell: 'posix' });

  expect(/^Emulates 18\.0 for \S+, the nearest release/m.test(printed)).toBe(says);
});
