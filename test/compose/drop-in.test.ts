import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it, onTestFinished } from 'vitest';
import { composeOf, IMAGE } from './docker.ts';

const PAGE = fileURLToPath(new URL('../../docs/replacing-plesk-plesk.md', import.meta.url));
const PROJECT = 'plesk-emulator-drop-in';

it("takes the place of plesk/plesk in a compose file that is somebody else's, as the page shows", async () => {
  const page = await readFile(PAGE, 'utf8');
  const [, after = ''] = /^```yaml docker-compose\.yml\n([^]*?)^```$/m.exec(page) ?? [];
  expect(after).toContain('image: plesk-emulator');
  const folder = await mkdtemp(join(tmpdir(), 'drop-in-'));
  const file = join(folder, 'docker-compose.yml');
  // Ports of its own, since those of the page are taken by the stack.
  const ported = after
    .replace(/'8443:8443'/, "'127.0.0.1::8443'")
    .replace(/'8880:8880'/, "'127.0.0.1::8880'");
  await writeFile(file, ported.replace(/image: plesk-emulator\S*/, `image: ${IMAGE}`));
  onTestFinished(async () => {
    await composeOf(PROJECT, file, 'down', '--volumes', '--timeout', '5');
    await rm(folder, { recursive: true });
  });

  await composeOf(PROJECT, file, 'up', '--detach', 'plesk');
  const printed = await composeOf(PROJECT, file, 'run', '--rm', 'tests');

  expect(printed).toContain('<status>ok</status>');
});
