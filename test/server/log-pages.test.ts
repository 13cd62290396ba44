import supertest from 'supertest';
import { expect, it } from 'vitest';
import { start } from '../support/emulator.ts';

const TOKEN = 'a0b1c2d3e4f5a0b1c2d3e4f5a0b1c2d3';

it.each([
  ['a page that is not there', 'warn', `/enterprise/rsession-init.php?PLESKSESSID=${TOKEN}`],
  ['a token that is part of a path', 'warn', `/nowhere/${TOKEN}`],
  ['a page without a session', 'info', `/smb/web/view?t=${TOKEN}&passwd=pass-word-1`],
] as const)('logs %s in one line, without the token and the password in it', async (_what, level, path) => {
  const { plesk, lines } = await start();

  await supertest(plesk.app).get(path);

  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(new RegExp(String.raw`^${level} page /\w.* for .*"path":"/\w`));
  for (const secret of [TOKEN, 'pass-word-1']) expect(lines[0]).not.toContain(secret);
});
