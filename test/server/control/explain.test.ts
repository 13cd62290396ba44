import { describe, expect, it } from 'vitest';
import { browse, doorUrl } from '../../support/browse.ts';
import type { Controlled } from '../../support/control.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { inServer, newToken, post, sessionPacket } from '../../support/wire.ts';

const open = (plesk: Controlled['plesk'], token: string, localAddress = '127.0.0.1') =>
  browse(doorUrl(plesk.url, { PLESKSESSID: token }), { localAddress });

describe.each(BOTH_WAYS)('explain, %s', (_way, start) => {
  it('tells of a token that waits: by whom it was made, bound to what, how long', async () => {
    const { plesk } = await start();
    const token = await newToken(plesk, 'carl', { source_server: 'billing.example.com', back_url: '/back' });

    const { state, sentences } = await plesk.explain(token);

    expect(state).toBe('token');
    expect(sentences.join('\n')).toMatch(
      /^Made at .* for carl, by create_session of admin from 127\.0\.0\.1, in a packet without a version\.\nBound to 127\.0\.0\.1: .*\nIts source_server is billing\.example\.com\.\nIts back_url is \/back\.\nIts language is en-US\.\nIt waits for its browser, until .* \(1800 s from now\)\.$/,
    );
  });

  it('tells who opened it from where, and that the browser is in', async () => {
    const { plesk } = await start();
    const token = await newToken(plesk);
    await plesk.clock.advance('10s');
    await open(plesk, token);

    const { state, sentences } = await plesk.explain(token);

    expect(state).toBe('open');
    expect(sentences.slice(-2)).toEqual([
      expect.stringMatching(/^At .*10:00:10.* a browser from 127\.0\.0\.1 was logged in: .*carl/),
      expect.stringMatching(/^A browser is in; without use it ends at .* \(1800 s from now\)\.$/),
    ]);
  });

  it('tells of an attempt from another address before the right one', async () => {
    const { plesk } = await start();
    const token = await newToken(plesk);
    await open(plesk, token, '127.0.0.2');
    await open(plesk, token);

    const { state, sentences } = await plesk.explain(token);

    expect(state).toBe('open');
    expect(sentences.filter((one) => one.startsWith('At '))).toEqual([
      expect.stringMatching(
        /from 127\.0\.0\.2 was turned away: .*bound to 127\.0\.0\.1, opened from 127\.0\.0\.2/,
      ),
      expect.stringMatching(/from 127\.0\.0\.1 was logged in/),
    ]);
  });

  it.each([
    { fault: 'status', status: 503, afterChange: true },
    { fault: 'errcode', errcode: 1023, afterChange: true },
    { fault: 'errcode', errcode: 1023, on: 'packet', afterChange: true },
  ] as const)('tells that a test had its answer lost: %j', async (fault) => {
    const { plesk } = await start();
    const { id } = await plesk.faults.add(fault);
    await post(plesk, sessionPacket('carl'));
    const [{ id: token } = { id: '' }] = await plesk.sessions.list();

    const { sentences } = await plesk.explain(token);
    expect(sentences[0]).toContain('by create_session of admin from 127.0.0.1');
    expect(sentences[1]).toBe(`What was wrong with that answer was wanted by a test: ${id}.`);
  });

  it('tells of a second use', async () => {
    const { plesk } = await start();
    const token = await newToken(plesk);
    await open(plesk, token);
    await open(plesk, token);

    const { sentences } = await plesk.explain(token);

    expect(sentences.at(-2)).toMatch(/was turned away: .*already used at .*; a token logs in once/);
  });

  it.each([
    [
      'expired',
      /^Its time was over at .*10:30:00/,
      (plesk: Controlled['plesk']) => plesk.clock.advance('31m'),
    ],
    [
      'logged out',
      /^Its user logged out at /,
      async (plesk: Controlled['plesk'], token: string) => {
        const page = await open(plesk, token);
        await browse(`${plesk.url}/logout.php`, { cookie: page.cookies[0]?.split(';')[0] ?? '' });
      },
    ],
    [
      'terminated',
      /^An administrator ended it by session\/terminate at /,
      (plesk: Controlled['plesk'], token: string) =>
        post(
          plesk,
          `<packet><session><terminate><session-id>${token}</session-id></terminate></session></packet>`,
        ),
    ],
    [
      'ended by a test',
      /^A test ended it at /,
      (plesk: Controlled['plesk'], token: string) => plesk.sessions.end(token),
    ],
    [
      'let expire by a test',
      /^A test let it expire at /,
      (plesk: Controlled['plesk'], token: string) => plesk.sessions.expire(token),
    ],
    [
      'ended with its account',
      /^It ended when its account was suspended at /,
      (plesk: Controlled['plesk']) => plesk.accounts.suspend('carl'),
    ],
  ] as const)('tells that a session was %s', async (_how, says, end) => {
    const { plesk } = await start();
    const token = await newToken(plesk);
    await end(plesk, token);
    await open(plesk, token);

    const { state, sentences } = await plesk.explain(token);

    expect(state).toBe('ended');
    expect(sentences.at(-1)).toMatch(says);
    expect(sentences.at(-2)).toMatch(/was turned away: session 000001\.\./);
  });

  it.each([
    ['nobody knows', 'f'.repeat(32), /^session ffffff\.\. is unknown here: .* 1 other session is alive/],
    ['is upper case', 'ABCDEF'.padEnd(32, '0'), /upper case/],
    ['is base64', Buffer.from('a'.repeat(32)).toString('base64'), /base64 of a token/],
    ['has a line end', `${'a'.repeat(32)}\n`, /blanks or a line end/],
    ['is a secret key', '01234567-0123-0123-0123-0123456789ab', /form of a secret key/],
    ['has quotes around it', `"${'a'.repeat(32)}"`, /quotes or brackets/],
    ['has more behind it', `${'a'.repeat(32)}&x=1`, /something stands behind/],
    ['is something else', 'abc', /it has 3 characters; a token is 32 lower-case hex digits/],
  ])('says why a token that %s leads nowhere', async (_what, token, says) => {
    const { plesk } = await start();
    await newToken(plesk);

    const { state, sentences } = await plesk.explain(token);

    expect(state).toBe('unknown');
    expect(sentences[0]).toMatch(says);
  });

  it('tells what browsers tried with a token that is unknown', async () => {
    const { plesk } = await start();
    await open(plesk, 'e'.repeat(32));

    const { sentences } = await plesk.explain('e'.repeat(32));

    expect(sentences[1]).toMatch(
      /a browser from 127\.0\.0\.1 was turned away: session eeeeee\.\.: unknown here/,
    );
  });

  it('tells what the session itself knows where the journal is off', async () => {
    const { plesk } = await start({ journal: 0 });
    const token = await newToken(plesk);
    await open(plesk, token, '127.0.0.2');
    await open(plesk, token);

    const { state, sentences } = await plesk.explain(token);

    expect(state).toBe('open');
    expect(sentences).toEqual([
      expect.stringMatching(/^Made at .* for carl; the packet is not in the journal\.$/),
      expect.stringMatching(/^Bound to 127\.0\.0\.1/),
      'Its language is en-US.',
      expect.stringMatching(/^At .* a browser from 127\.0\.0\.2 was turned away: /),
      expect.stringMatching(/^Opened at .*; that is not in the journal\.$/),
      expect.stringMatching(/^A browser is in/),
    ]);
  });

  it('tells the same where the journal has gone on', async () => {
    const { plesk } = await start({ journal: 2 });
    const token = await newToken(plesk);
    await open(plesk, token, '127.0.0.2');
    await open(plesk, token);
    for (let sent = 0; sent < 2; sent += 1) await post(plesk, inServer('<get_protos/>'));
    await open(plesk, token);

    const { sentences } = await plesk.explain(token);

    expect(sentences.map((one) => one.replace(/ at .*/s, ''))).toEqual([
      'Made',
      expect.stringMatching(/^Bound/),
      'Its language is en-US.',
      expect.stringMatching(/^At .*127\.0\.0\.2 was turned away/),
      'Opened',
      expect.stringMatching(/^At .*127\.0\.0\.1 was turned away: .*already used/),
      expect.stringMatching(/^A browser is in/),
    ]);
  });

  it('never shows a token whole', async () => {
    const { plesk } = await start();
    const token = await newToken(plesk);
    await open(plesk, token, '127.0.0.2');
    await open(plesk, token);

    expect(JSON.stringify(await plesk.explain(token))).not.toContain(token);
  });
});
