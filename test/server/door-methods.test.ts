import { expect, it } from 'vitest';
import supertest from 'supertest';
import { start } from '../support/emulator.ts';
import { post, tokenIn } from '../support/wire.ts';

const PACKET = '<packet><server><create_session><login>admin</login></create_session></server></packet>';
const DOOR = '/enterprise/rsession_init.php';

it.each(['put', 'delete', 'options', 'patch'] as const)('spends no token on %s', async (method) => {
  const { plesk } = await start();
  const token = tokenIn(await post(plesk, PACKET));

  const { status, headers } = await supertest(plesk.app)[method](`${DOOR}?PLESKSESSID=${token}`);
  expect([status, headers['allow']]).toEqual([405, 'GET, HEAD, POST']);

  const opened = await supertest(plesk.app).get(`${DOOR}?PLESKSESSID=${token}`);
  expect(opened.headers['location']).toMatch(/\/admin\/$/);
});

it('spends a token on HEAD as on GET', async () => {
  const { plesk } = await start();
  const token = tokenIn(await post(plesk, PACKET));

  await supertest(plesk.app).head(`${DOOR}?PLESKSESSID=${token}`).expect(303);

  const again = await supertest(plesk.app).get(`${DOOR}?PLESKSESSID=${token}`);
  expect(again.headers['emulator-reason']).toContain('already used');
});

it('reads a multipart form', async () => {
  const { plesk } = await start();
  const token = tokenIn(await post(plesk, PACKET));

  const opened = await supertest(plesk.app).post(DOOR).field('PLESKSESSID', token);

  expect(opened.headers['location']).toMatch(/\/admin\/$/);
});

it.each([
  ['JSON', 'application/json', 'application/json'],
  ['plain text', 'text/plain', 'text/plain'],
  [
    'a multipart form without a boundary',
    'multipart/form-data',
    'multipart/form-data, which cannot be parsed',
  ],
])('names a form that it does not read: %s', async (_what, type, named) => {
  const { plesk } = await start();

  const refused = await supertest(plesk.app).post(DOOR).set('Content-Type', type).send('{"PLESKSESSID":"1"}');

  expect(refused.headers['emulator-reason']).toMatch(/^no token: /);
  expect(refused.headers['emulator-reason']).toMatch(
    new RegExp(`; a form of type ${named} is not read, send it urlencoded$`),
  );
});

it('says on the answer of an operation what its words leave open', async () => {
  const { plesk } = await start();

  const answer = await supertest(plesk.app)
    .post('/enterprise/control/agent.php')
    .set({ HTTP_AUTH_LOGIN: 'admin', HTTP_AUTH_PASSWD: plesk.admin.password })
    .send(
      '<packet><server><get_protos/><create_session><login>nobody</login></create_session></server></packet>',
    );

  expect(answer.headers['emulator-reason']).toBe("there is no account with the login 'nobody'");
});

it('says that a body was read before it, and waits for none', async () => {
  const { plesk } = await start();
  const { default: express } = await import('express');
  const app = express().use(express.text({ type: '*/*' }), plesk.app);

  await supertest(app).post('/enterprise/control/agent.php').send(PACKET).expect(500);
});

it('takes a URL in full, as a proxy is sent it, whatever its case', async () => {
  const { plesk } = await start();
  const { sendRaw } = await import('../support/wire.ts');

  const answer = await sendRaw(
    plesk,
    `GET HTTP://panel.test${DOOR} HTTP/1.1\r\nHost: panel.test\r\nConnection: close\r\n\r\n`,
  );

  expect(answer).toContain('Location: http://panel.test/login.php\r\n');
});
