import { describe, expect, it } from 'vitest';
import type { Controlled } from '../../support/control.ts';
import { BOTH_WAYS } from '../../support/control.ts';
import { start as startHere } from '../../support/emulator.ts';
import { inServer, post } from '../../support/wire.ts';

const inSession = (children: string): string =>
  inServer(`<create_session><login>carl</login>${children}</create_session>`);

async function helpFor(plesk: Controlled['plesk'], packet: string): Promise<readonly string[]> {
  await post(plesk, packet);
  const [entry] = await plesk.journal.packets({ last: 1 });
  expect(entry).toMatchObject({ outcome: 'refused', errcode: 1014 });
  return entry?.help ?? [];
}

describe.each(BOTH_WAYS)('help for a packet that is not valid, %s', (_way, start) => {
  it('names what was expected there, and the order', async () => {
    const { plesk } = await start();

    expect(
      await helpFor(plesk, inSession('<data><source_server/><user_ip>10.0.0.1</user_ip></data>')),
    ).toEqual([
      'in packet/server/create_session/data, expected is <user_ip>, found is <source_server>',
      '<user_ip> comes before <source_server>',
    ]);
  });
});

describe('help for a packet that is not valid', () => {
  it.each([
    [
      'an element behind one that it precedes',
      inSession('<data><user_ip/><source_server/><c_email>a@b.c</c_email></data>'),
      '<c_email> comes before <source_server>',
    ],
    [
      'an element in a parent that is not its own',
      inSession('<data><user_ip/><login>carl</login></data>'),
      '<login> belongs into <create_session>, not into <data>',
    ],
    [
      'the same the other way',
      inSession('<user_ip/>'),
      '<user_ip> belongs into <data>, not into <create_session>',
    ],
    [
      'an operation without its operator',
      '<packet><create_session/></packet>',
      '<create_session> belongs into <server>, not into <packet>',
    ],
    [
      'an element that stands twice',
      inSession('<login>carl</login>'),
      '<login> stands twice in <create_session>, where it may stand once',
    ],
    [
      'a misspelt element',
      inSession('<data><userIp>10.0.0.1</userIp></data>'),
      'there is no <userIp> in <data>: do you mean <user_ip>?',
    ],
    [
      'a misspelt operation',
      inServer('<create_sesion/>'),
      'there is no <create_sesion> in <server>: do you mean <create_session>?',
    ],
    [
      'a misspelt operator',
      '<packet><sever><get_protos/></sever></packet>',
      'there is no <sever> in <packet>: do you mean <server>?',
    ],
    [
      'an element that is missing',
      inServer('<create_session/>'),
      '<create_session> ends too early: expected is <login>',
    ],
    [
      'two kinds of criterion in a filter',
      '<packet><customer><del><filter><id>1</id><login>x</login></filter></del></customer></packet>',
      '<filter> takes one of <id>, <login>, <owner-id>, <owner-login>, <guid> or <external-id>, and <id> is there already',
    ],
    ['another root', '<methodCall/>', 'expected is <packet> as the root, found is <methodCall>'],
    [
      'a namespace',
      '<packet xmlns:p="urn:p"><p:server/></packet>',
      '<{urn:p}server> is in a namespace; names in a packet have no prefix and no xmlns',
    ],
    [
      'an attribute',
      inServer('<get_protos all="1"/>'),
      '<get_protos> takes no attributes: in packets only <packet> has one, version',
    ],
    [
      'a number that is too small',
      inServer('<set><session_setup><login_timeout>0</login_timeout></session_setup></set>'),
      "<login_timeout> takes a whole number from 1 on, found is '0'",
    ],
    [
      'a word that is none of a set',
      inServer('<set><mode>Standard</mode></set>'),
      "<mode> takes poweruser or standard, found is 'Standard'; do you mean standard?",
    ],
    [
      'no number',
      '<packet><customer><del><filter><id>carl</id></filter></del></customer></packet>',
      "<id> takes a whole number from 1 on, found is 'carl'",
    ],
    [
      'a short password',
      inServer('<set><password>abc</password></set>'),
      '<password> takes text of at least 5 characters',
    ],
    ['text between elements', inServer('<set>abc</set>'), "<set> takes no text of its own, found is 'abc'"],
    [
      'a blank where nothing may be',
      inServer('<get><stat> </stat></get>'),
      '<stat> is to stand empty, without a blank or line end in it: <stat/>',
    ],
    [
      'elements in a text',
      inSession('<data><user_ip><v4/></user_ip></data>'),
      '<user_ip> takes no elements, found is <v4>',
    ],
    [
      'an operator that older packets had',
      '<packet version="1.6.9.1"><smb><initial_setup><password>secret</password><admin_email>a@b.example</admin_email></initial_setup></smb></packet>',
      'with version="1.6.6.0" the packet is valid here',
    ],
  ])('tells what to do about %s', async (_what, packet, says) => {
    const { plesk } = await startHere();

    expect(await helpFor(plesk, packet)).toContain(says);
  });

  it('names the releases in which the packet would be valid as it is', async () => {
    const { plesk } = await startHere({ plesk: '12.0' });

    expect(await helpFor(plesk, inServer('<get><certificates/></get>'))).toContain(
      'as it is, the packet is valid from 17.5 on (packet version 1.6.9.0)',
    );
  });

  it('names the releases that still had it', async () => {
    const { plesk } = await startHere();

    expect(
      await helpFor(
        plesk,
        '<packet><migration><get_status><migration_id/></get_status></migration></packet>',
      ),
    ).toContainEqual(
      expect.stringMatching(/^as it is, the packet is valid up to 17\.5 \(packet version 1\.6\.9\.0\)$/),
    );
  });

  it('names the packet version from which an element is known', async () => {
    const { plesk } = await startHere({ plesk: '12.0' });

    expect(
      await helpFor(plesk, '<packet version="1.6.6.0"><server><get><certificates/></get></server></packet>'),
    ).toContain('Plesk knows <certificates> there in packets of version 1.6.9.0 on');
  });

  it('says so of a packet that is too large to be kept', async () => {
    const { plesk } = await startHere();

    expect(await helpFor(plesk, inServer(`<get_proto/>${' '.repeat(100_000)}`))).toEqual([
      'the packet is larger than the journal keeps of one, so there is no help on where it is wrong',
    ]);
  });
});
