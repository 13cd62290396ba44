import { SaxesParser } from 'saxes';
import { afterEach, expect, it, vi } from 'vitest';
import { Unreadable, readXml } from '../../server/protocol/xml.ts';
import { ask } from '../support/agent.ts';
import { start } from '../support/emulator.ts';
import { post, tokenIn } from '../support/wire.ts';

const GOOD = '<packet><server><create_session><login>admin</login></create_session></server></packet>';
const flood = (text: string): string => text.repeat(Math.floor(65_536 / text.length));

afterEach(() => {
  vi.restoreAllMocks();
});

it.each([
  ['NUL bytes', flood('\0')],
  ['control characters', flood('\u0001')],
  ['<!', flood('<!')],
  ['</', flood('</')],
  ['<', flood('<')],
  ['<?', flood('<?')],
  ['</a>', flood('</a>')],
  ['ampersands', `<packet>${flood('&')}</packet>`],
  ['entities that do not exist', `<packet>${flood('&a;')}</packet>`],
  ['numbers of no character', `<packet>${flood('&#0;')}</packet>`],
  ['the end of CDATA', `<packet>${flood(']]>')}</packet>`],
  ['an attribute that is there already', `<packet ${flood('a="" ')}/>`],
  ['attributes without a value', `<packet ${flood('a b ')}/>`],
  ['document types', flood('<!DOCTYPE a []>')],
  ['comments within comments', `<packet>${flood('<!-- -- ')}-->`],
  ['elements that nest too deep', flood('<a>')],
])('makes one error for a packet full of %s', async (_case, hostile) => {
  const { plesk } = await start();
  const errors = vi.spyOn(SaxesParser.prototype, 'fail');

  await ask(plesk, hostile, {});
  const made = errors.mock.calls.length;
  const { fault, reason } = await ask(plesk, hostile);

  expect(made).toBe(1);
  expect(fault).toMatch(/^1014 /);
  expect(reason).toMatch(/line \d+/);
  expect(tokenIn(await post(plesk, GOOD))).toMatch(/^[\da-f]{32}$/);
});

it('reads on after a packet that broke off in the middle of a tag', () => {
  expect(readXml('<packet a="')).toBeInstanceOf(Unreadable);
  expect(readXml('<packet a="1"/>')).toMatchObject({ name: 'packet' });
});

it('says of a broken packet what is wrong first, as long as it may be', () => {
  const read = readXml(`<packet>\n<a b="1" b="2"/>${'</c>'.repeat(1000)}&;`);

  expect(read).toMatchObject({
    why: expect.stringMatching(/^duplicate attribute: b\b.*\(line 2\)/) as string,
  });
});

it('reads namespaces in steps that grow with their number, not with those of the elements around', () => {
  const outer = Array.from({ length: 200 }, (_, index) => `xmlns:a${index}="u"`).join(' ');
  const steps = vi.spyOn(Map.prototype, 'set');

  readXml(`<packet ${outer}>${'<b xmlns:a="u"/>'.repeat(200)}</packet>`);

  expect(steps.mock.calls.length).toBeLessThan(2000);
});

it('shows a packet full of comments in its journal', async () => {
  const { plesk } = await start();
  const comments = '<!-- c -->'.repeat(30);

  await ask(
    plesk,
    `<packet><name>${comments}x</name>${comments}<b/><passwd>${comments}topsecret</passwd></packet>`,
    {},
  );
  const [entry] = await plesk.journal.packets();

  expect(entry?.request.body).toContain('<b/>');
  expect(JSON.stringify(entry)).not.toContain('topsecret');
});
