import { expect, it } from 'vitest';
import { ask } from '../support/agent.ts';
import { browse, doorUrl } from '../support/browse.ts';
import { DEMO, start } from '../support/emulator.ts';
import { credentials, inServer, newToken, resultsIn, sessionPacket } from '../support/wire.ts';

it('makes a token for a suspended account where it is told to, and lets nobody in with it', async () => {
  const { plesk } = await start({ suspendedSession: 'make' });

  const page = await browse(doorUrl(plesk.url, { PLESKSESSID: await newToken(plesk, 'sam') }));

  expect(page.cookies.join()).not.toContain('PLESKSESSID');
  expect(page.reason).toContain('the account sam is suspended');
});

it('answers 1001 for a login that nobody has where it is told to', async () => {
  const { plesk } = await start({ unknownLogin: '1001' });

  const { body, reason } = await ask(plesk, sessionPacket('nobody'));

  expect(resultsIn(body)).toEqual(['1001 You have entered incorrect username or password.']);
  expect(reason).toContain("no account with the login 'nobody'");
});

it.each([
  ['text/xml', undefined],
  ['TEXT/XML', undefined],
  ['text/xml; charset=UTF-8', undefined],
  ['text/xml;charset=UTF-8', undefined],
  ['text/xmlish', "the Content-Type is 'text/xmlish'; it must be text/xml (setting anyContentType)"],
  ['application/xml', "the Content-Type is 'application/xml'; it must be text/xml (setting anyContentType)"],
  ['', "the Content-Type is ''; it must be text/xml (setting anyContentType)"],
])('wants text/xml where it is told to, and gets %j', async (type, reason) => {
  const { plesk } = await start({ anyContentType: false });

  const answer = await ask(plesk, inServer('<get_protos/>'), {
    ...credentials(DEMO.admin),
    'Content-Type': type,
  });

  expect(answer.reason).toBe(reason);
  expect(answer.fault).toBe(
    reason === undefined ? undefined : '1014 Parser error: Cannot parse the XML from the source specified',
  );
});
