import { describe, expect, it } from 'vitest';
import type { FaultInput } from '../../../server/emulator.ts';
import type { Visit } from '../../support/browse.ts';
import { browse, doorUrl } from '../../support/browse.ts';
import { bytesOf, sendBytesTo } from '../../support/bytes-back.ts';
import type { Controlled } from '../../support/control.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { DEMO, idOf } from '../../support/emulator.ts';
import { CARL, encoded, formUrl, logInAs, postForm, WRONG } from '../../support/login-form.ts';
import { credentials, newToken, sessionPacket, tokenIn } from '../../support/wire.ts';

type Plesk = Controlled['plesk'];

/** Longer than any test. */
const A_DAY = 86_400_000;

describe.each(BOTH_WAYS)('what becomes of a login, %s', (_way, start) => {
  const form = async ({ url }: Plesk, fields: Readonly<Record<string, string>>): Promise<void> => {
    await postForm({ url }, fields);
  };

  it.each<[string, (plesk: Plesk) => Promise<unknown>, string]>([
    ['a right password', (plesk) => form(plesk, CARL), 'logged in'],
    ['a wrong password', (plesk) => form(plesk, WRONG), 'login failed'],
    [
      'a wrong password with failure_redirect_url',
      (plesk) => form(plesk, { ...WRONG, failure_redirect_url: '/login_up.php' }),
      'login failed',
    ],
    ['a form without a login', (plesk) => form(plesk, {}), 'login failed'],
    ['a suspended account', (plesk) => form(plesk, { ...CARL, login_name: 'sam' }), 'login failed'],
    [
      'a wrong password in a link',
      ({ url }) => browse(formUrl(url, { login: 'carl', passwd: 'wrong-pass-word' })),
      'login failed',
    ],
    ['an unknown token', ({ url }) => browse(doorUrl(url, { PLESKSESSID: idOf(9) })), 'login failed'],
    ['a token without its value', ({ url }) => browse(doorUrl(url, {})), 'login failed'],
  ])('is told by its outcome: %s', async (_what, logIn, outcome) => {
    const { plesk, lines } = await start();

    await logIn(plesk);

    const isFailure = outcome !== 'logged in';
    expect(await plesk.journal.find()).toMatchObject([{ outcome, isFailure }]);
    expect(await plesk.journal.count({ isFailure: true })).toBe(isFailure ? 1 : 0);
    expect(lines.filter((line) => line.startsWith('warn'))).toHaveLength(isFailure ? 1 : 0);
  });

  it.each<[string, string, Visit, string, boolean]>([
    ['the login form', '/login_up.php', {}, 'form shown', false],
    ['the login form in a language', '/login_up.php?locale_id=de-DE', {}, 'form shown', false],
    ['the first page', '/', {}, 'sent to the login page', false],
    ['a page', '/smb/web/view', {}, 'sent to the login page', false],
    [
      'the first page with a cookie of no session',
      '/',
      { cookie: `PLESKSESSID_INSECURE=${idOf(9)}` },
      'session rejected',
      true,
    ],
    [
      'a page with a cookie of no session',
      '/smb/',
      { cookie: `PLESKSESSID_INSECURE=${idOf(9)}` },
      'session rejected',
      true,
    ],
    ['a page that is not there', '/nowhere', {}, 'not found', true],
    ['a method that is not allowed', '/login_up.php', { method: 'DELETE' }, 'refused', true],
  ])('and differs from a visit: %s', async (_what, path, visit, outcome, isFailure) => {
    const { plesk, lines } = await start();

    await browse(`${plesk.url}${path}`, visit);

    expect(await plesk.journal.find()).toMatchObject([{ outcome, isFailure }]);
    if (outcome !== 'refused') expect(lines.some((line) => line.startsWith('warn'))).toBe(isFailure);
  });

  it('says which browser had a session that has ended', async () => {
    const { plesk } = await start();
    const cookie = await logInAs(plesk, DEMO.carl);
    await plesk.clock.advance('31m');

    await browse(`${plesk.url}/smb/`, { cookie });

    const [entry] = await plesk.journal.find({ outcome: 'session rejected' });
    expect(entry?.isFailure).toBe(true);
    const { sentences } = await plesk.explain(cookie.split('=')[1] ?? '');
    expect(sentences.join(' ')).toContain('was sent to the login page: session 000001..');
  });
});

const sendPacket = (plesk: Pick<Plesk, 'url' | 'admin'>) => {
  const url = `${plesk.url}/enterprise/control/agent.php`;
  return sendBytesTo(url, bytesOf(url, credentials(plesk.admin), sessionPacket('carl')));
};

describe.each(BOTH_WAYS)('what the client received under a fault, %s', (_way, start) => {
  it.each<[FaultInput, number | undefined, RegExp, boolean]>([
    [{ fault: 'reset', afterChange: true }, undefined, /^$/, false],
    [{ fault: 'hang', afterChange: true }, undefined, /^$/, false],
    [{ fault: 'reset', at: 'middle' }, 200, /^<\?xml[^]*<server>/, false],
    [{ fault: 'status', status: 503, afterChange: true }, 503, /503 Service Unavailable/, true],
    [{ fault: 'html', afterChange: true }, 200, /^<!DOCTYPE html>/, true],
    [{ fault: 'truncated', bytes: 5 }, 200, /^<\?xml$/, true],
    [{ fault: 'malformed' }, 200, /<unclosed>&/, true],
    [{ fault: 'charset' }, 200, /<status>ok<\/status>/, true],
  ])('is in the journal, with what Plesk did: %o', async (fault, status, body, isComplete) => {
    const { plesk, lines } = await start();
    await plesk.faults.add(fault);

    const sent = sendPacket(plesk);
    const entry = await plesk.journal.waitFor('server/create_session');
    sent.socket.destroy();

    expect(entry).toMatchObject({
      outcome: 'unanswered',
      isFailure: true,
      received: { isComplete },
      operations: [{ results: [{ status: 'ok' }] }],
    });
    expect(entry.received?.status).toBe(status);
    expect(entry.received?.body).toMatch(body);
    expect(await plesk.sessions.list()).toHaveLength(1);
    expect(lines.find((line) => line.includes('server/create_session ok'))).toMatch(
      /^warn .*a fault kept this answer from the client/,
    );
  });

  it.each<[FaultInput, object]>([
    [{ fault: 'reset' }, { body: '', isComplete: false }],
    [
      { fault: 'status', status: 502 },
      { status: 502, isComplete: true },
    ],
  ])('is in the journal where nothing was done: %o', async (fault, received) => {
    const { plesk } = await start();
    await plesk.faults.add(fault);

    await sendPacket(plesk).back;

    expect(await plesk.journal.find()).toMatchObject([
      { outcome: 'unanswered', received, operations: [{ name: 'server/create_session', results: [] }] },
    ]);
  });

  it.each<FaultInput>([
    { fault: 'delay', ms: 1 },
    { fault: 'delay', ms: 1, afterChange: true },
    { fault: 'slow', bytes: 50, ms: 1 },
    { fault: 'oversized', bytes: 100 },
  ])('is the answer of Plesk where that came late or larger: %o', async (fault) => {
    const { plesk } = await start();
    await plesk.faults.add(fault);

    const { body } = await sendPacket(plesk).back;

    expect(tokenIn(body.toString())).toBe(idOf(1));
    const [entry] = await plesk.journal.find();
    expect(entry).toMatchObject({ outcome: 'answered', isFailure: false, faults: ['fault-1'] });
    expect(entry).not.toHaveProperty('received');
  });

  it.each<FaultInput>([
    { fault: 'delay', ms: A_DAY, afterChange: true },
    { fault: 'slow', bytes: 1, ms: A_DAY },
  ])('is nothing, or a part, once a client has gone away: %o', async (fault) => {
    const { plesk } = await start();
    await plesk.faults.add(fault);
    const { socket } = sendPacket(plesk);
    expect((await plesk.journal.waitFor('server/create_session')).outcome).toBe('answered');

    socket.destroy();

    const lost = await plesk.journal.waitFor({ outcome: 'unanswered' });
    expect(lost).toMatchObject({ id: 1, received: { body: '', isComplete: false } });
    expect(await plesk.journal.find()).toHaveLength(1);
  });

  it('counts no login that a browser was not told of', async () => {
    const { plesk, lines } = await start();
    await plesk.faults.add({ fault: 'reset', afterChange: true, path: '/enterprise/*', after: 1 });
    const token = await newToken(plesk);

    await browse(doorUrl(plesk.url, { PLESKSESSID: token })).catch(() => undefined);
    await plesk.faults.clear();

    expect(await plesk.journal.count({ outcome: 'logged in' })).toBe(0);
    expect(await plesk.journal.count({ outcome: 'unanswered', kind: 'browser' })).toBe(1);
    expect((await plesk.explain(token)).sentences.join(' ')).toContain('a fault kept the answer');
    expect(lines.at(-1)).toMatch(/^warn login from .*a fault kept this answer/);
  });

  it('is a redirect as it was, where a fault has no body to spoil', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'truncated', path: '/login_up.php' });

    await browse(`${plesk.url}/login_up.php`, { form: encoded(CARL) });

    expect(await plesk.journal.find()).toMatchObject([{ outcome: 'logged in', faults: ['fault-1'] }]);
  });

  it('shows no secret of an answer', async () => {
    const { plesk } = await start();
    await plesk.faults.add({ fault: 'malformed' });

    await sendPacket(plesk).back;

    const [entry] = await plesk.journal.find();
    expect(entry?.received?.body).toContain('000001..');
    expect(JSON.stringify(entry)).not.toContain(idOf(1));
  });
});
