import { pleskTest, expect } from '../../../server/vitest.ts';
import { inServer, newToken, post } from '../../support/wire.ts';

const { RUNNING = '', STRICT = '' } = process.env;
const NOT_EMULATED =
  '<packet><webspace><get><filter/><dataset><gen_info/></dataset></get></webspace></packet>';

const shared = pleskTest({ seed: 'demo', per: 'file' });
const running = pleskTest({ url: RUNNING, token: 'token-of-this-test' });
const strict = pleskTest({ url: STRICT });
const strictFile = pleskTest({ per: 'file', unexpected: 'fail' });
const nowhere = pleskTest({ url: 'http://127.0.0.1:1' });

shared('shared: makes a session', async ({ plesk }) => {
  await newToken(plesk, 'carl');
});

shared('shared: fails after one packet', async ({ plesk }) => {
  await post(plesk, inServer('<get_protos/>'));
  await expect(plesk).toHaveReceived('server/create_session');
});

shared.concurrent('shared: runs beside others', async ({ plesk }) => {
  await newToken(plesk, 'carl');
});

running('running: suspends carl, and fails', async ({ plesk }) => {
  await plesk.accounts.suspend('carl');
  await post(plesk, inServer('<get_protos/>'));
  await expect(plesk).not.toHaveReceived('server/get_protos');
});

running('running: finds carl active', async ({ plesk }) => {
  expect((await plesk.accounts.get('carl')).status).toBe('active');
  await expect(plesk).not.toHaveReceived('server/*');
});

strict('strict: is not blamed for what came before', async ({ plesk }) => {
  await post(plesk, inServer('<get_protos/>'));
});

strict('strict: sends what is not emulated', async ({ plesk }) => {
  await post(plesk, NOT_EMULATED);
});

strict('strict: is not blamed for what another test sent', async ({ plesk }) => {
  await post(plesk, inServer('<get_protos/>'));
});

strictFile('strict file: sends what is not emulated', async ({ plesk }) => {
  await post(plesk, NOT_EMULATED);
});

strictFile('strict file: is not blamed for what another test sent', async ({ plesk }) => {
  await post(plesk, inServer('<get_protos/>'));
});

nowhere('nowhere: has no emulator', ({ plesk }) => {
  expect(plesk.url).toBe('never');
});
