/** What a project does with the package: its types have to know what is right, and what is wrong. */
export const TYPED = {
  emulator: `
import { connectEmulator, ControlError, startEmulator } from 'plesk-emulator/emulator';
import type { AccountInput, Emulator, SeedInput } from 'plesk-emulator';

const seed: SeedInput = { accounts: [{ login: 'carl', password: 'customer1Q**', role: 'customer' }] };
const plesk: Emulator = await startEmulator({ plesk: '12.0', seed });
const account: AccountInput = { login: 'mia', password: 'customer1Q**', role: 'customer' };
const id: number = (await plesk.accounts.add(account)).id;
const away = await connectEmulator(plesk.url);
await away.accounts.suspend('mia').catch((error: unknown) => error instanceof ControlError);
// @ts-expect-error there is no such role
await plesk.accounts.add({ login: 'mia', password: 'customer1Q**', role: 'king' });
// @ts-expect-error there is no such option
await startEmulator({ plsk: '12.0' });
export { id };
`,
  service: `
import { SettingsError, startTokenService } from 'plesk-emulator/token-service';
import type { AuditEntry, TokenService } from 'plesk-emulator/token-service';

const audit = { record: (entry: AuditEntry): void => void entry };
const options = { publicUrl: 'https://a.example.com', clientAreaUrl: 'https://b.example.com', directory: 'sso.json' };
const service: TokenService = await startTokenService({ ...options, port: 0, audit });
const text: string = await service.metrics.text();
// @ts-expect-error a port is a number
await startTokenService({ ...options, port: '9080' }).catch((error: unknown) => error instanceof SettingsError);
export { text };
`,
  vitest: `
import { expect, pleskTest, test } from 'plesk-emulator/vitest';

test('has an emulator', async ({ plesk }) => {
  const url: string = plesk.url;
  await expect(plesk).toHaveReceived('server/create_session', { times: 1 });
  // @ts-expect-error there is no such matcher
  await expect(url).toHaveBeenAPlesk();
});
// @ts-expect-error per test or per file
pleskTest({ per: 'suite' });
`,
} as const;

/** Starts an emulator by this name of the package, and prints its answer to one packet. */
export const packetBy = (name: string): string => `
import { startEmulator } from '${name}';
const plesk = await startEmulator({ seed: 'demo' });
const answer = await fetch(plesk.url + '/enterprise/control/agent.php', {
  method: 'POST',
  headers: { HTTP_AUTH_LOGIN: plesk.admin.login, HTTP_AUTH_PASSWD: plesk.admin.password },
  body: '<packet><server><get_protos/></server></packet>',
});
console.log(await answer.text());
await plesk.close();
`;

/** Starts a token service on this directory, with links kept there, and prints what it says of itself. */
export const serviceBy = (directory: string, store = 'memory'): string => `
import { startTokenService } from 'plesk-emulator/token-service';
const service = await startTokenService({
  publicUrl: 'https://sso.example.com',
  clientAreaUrl: 'https://billing.example.com',
  directory: ${JSON.stringify(directory)},
  store: '${store}',
  pepperKeys: [${JSON.stringify('a pepper that is long enough for the service')}],
  port: 0,
  metricsPort: 0,
  drainMs: 0,
  env: { PLESK_PASSWORD: 'changeme1Q**' },
});
const ready = await fetch(service.metricsUrl + '/readyz');
console.log(ready.status, (await ready.json()).store);
console.log(await (await fetch(service.metricsUrl + '/metrics')).text());
await service.close();
`;

/** A test of a project that uses `plesk-emulator/vitest`. */
export const OWN_TEST = `
import { expect, test } from 'plesk-emulator/vitest';

test('a packet comes', async ({ plesk }) => {
  await fetch(plesk.url + '/enterprise/control/agent.php', {
    method: 'POST',
    headers: { HTTP_AUTH_LOGIN: plesk.admin.login, HTTP_AUTH_PASSWD: plesk.admin.password },
    body: '<packet><server><get_protos/></server></packet>',
  });
  await expect(plesk).toHaveReceived('server/get_protos', { times: 1 });
  await expect(plesk).not.toHaveLoggedIn();
});
`;
