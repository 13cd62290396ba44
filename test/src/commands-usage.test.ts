import { expect, it } from 'vitest';
import { CHECK_OPTIONS } from '../../src/commands/check.ts';
import { COMMON_OPTIONS } from '../../src/commands/command.ts';
import { ADD_OPTIONS } from '../../src/commands/key-add.ts';
import { REVOKE_OPTIONS } from '../../src/commands/keys.ts';
import { SERVER_OPTIONS } from '../../src/commands/server-options.ts';
import { directoryUsage } from '../../src/commands/usage.ts';
import { USER_OPTIONS } from '../../src/commands/users.ts';
import { flagOf } from '../../base/settings.ts';

it('explains every option of every command', () => {
  const usage = directoryUsage();

  for (const table of [
    COMMON_OPTIONS,
    ADD_OPTIONS,
    REVOKE_OPTIONS,
    USER_OPTIONS,
    SERVER_OPTIONS,
    CHECK_OPTIONS,
  ]) {
    for (const [name, { says }] of Object.entries(table)) {
      expect(usage).toMatch(new RegExp(`^ {2}--(?:\\[no-\\])?${flagOf(name)} `, 'm'));
      expect(usage).toContain(says);
    }
  }
});

it('names every command', () => {
  const usage = directoryUsage();

  for (const command of ['keys add', 'keys list', 'keys revoke', 'users set', 'users list', 'users remove'])
    expect(usage).toContain(`plesk-sso ${command} `.trimEnd());
  for (const command of ['servers set', 'servers list', 'servers remove', 'servers check'])
    expect(usage).toContain(`plesk-sso ${command}`);
});
