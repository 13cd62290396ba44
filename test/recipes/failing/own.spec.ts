import { describe } from 'vitest';
import { expect, pleskTest, test } from '../../../server/vitest.ts';
import { inServer, newToken, post } from '../../support/wire.ts';

const GET_PROTOS = inServer('<get_protos/>');
const NOT_EMULATED =
  '<packet><webspace><get><filter/><dataset><gen_info/></dataset></get></webspace></packet>';

const strict = pleskTest({ seed: 'demo', unexpected: 'fail' });
const silent = pleskTest({ journal: 0 });
const portless = pleskTest({ listen: false });

describe('a billing system', () => {
  test('fails after two packets', async ({ plesk }) => {
    await post(plesk, GET_PROTOS);
    await post(plesk, inServer('<create_session><login>nobody</login></create_session>'));
    expect(plesk.release.plesk).toBe('never');
  });

  test('passes after a packet', async ({ plesk }) => {
    await post(plesk, GET_PROTOS);
  });
});

test('fails after nothing', async ({ plesk }) => {
  await expect(plesk).toHaveReceived('server/create_session');
});

test.fails('fails as it is said to', async ({ plesk }) => {
  await post(plesk, GET_PROTOS);
  expect(plesk.release.plesk).toBe('never');
});

test('skips itself', async ({ plesk, skip }) => {
  await post(plesk, GET_PROTOS);
  skip();
});

let tries = 0;
test('fails once and passes then', { retry: 1 }, async ({ plesk }) => {
  tries += 1;
  for (let sent = 0; sent < 21; sent += 1) await post(plesk, GET_PROTOS);
  await expect(plesk).toHaveReceived('server/get_protos', { times: 21 });
  expect(tries).toBe(2);
});

strict('sends what is not emulated', async ({ plesk }) => {
  await post(plesk, NOT_EMULATED);
});

strict('sends what is emulated', async ({ plesk }) => {
  await newToken(plesk);
});

silent('fails without a journal', ({ plesk }) => {
  expect(plesk.release.plesk).toBe('never');
});

portless('fails without a port', ({ plesk }) => {
  expect(plesk.release.plesk).toBe('never');
});
