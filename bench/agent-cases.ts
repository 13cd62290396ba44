import type { Case } from './wire.ts';
import { createSession, makeTokens, post } from './wire.ts';

/** The packet of docs.plesk.com, "Automatic Logging In to Plesk", as it stands there. */
const PACKET = `<packet version="1.6.3.3">
<server>
${createSession('10.50.1.71')}</server>
</packet>
`;

const ANSWER =
  /<packet version="1\.6\.3\.3"><server><create_session><result><status>ok<\/status><id>([\da-f]{32})<\/id><\/result><\/create_session><\/server><\/packet>\n$/;

/** `POST /enterprise/control/agent.php` with the documented packet. */
export const CREATE_SESSION: Case = {
  name: 'create_session',
  aim: 0.4,
  requests: (count, { ready }) => Promise.resolve(new Array<Buffer>(count).fill(post(PACKET, ready))),
  check: (answer) => {
    if (!answer.startsWith('HTTP/1.1 200 ')) return 'the status is not 200';
    return ANSWER.test(answer) ? undefined : 'it is no session';
  },
};

const LISTED = 10;

/** The same with session/get, which lists ten sessions. */
export const SESSION_GET: Case = {
  name: 'session/get of ten',
  requests: async (count, emulator) => {
    await makeTokens(LISTED, emulator);
    const packet = '<packet><session><get/></session></packet>';
    return new Array<Buffer>(count).fill(post(packet, emulator.ready));
  },
  check: (answer) => {
    if (!answer.startsWith('HTTP/1.1 200 ')) return 'the status is not 200';
    const listed = answer.split('<session><id>').length - 1;
    return listed === LISTED ? undefined : `it lists ${listed} sessions, not ${LISTED}`;
  },
};
