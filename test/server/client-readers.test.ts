import { spawnSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';
import type { Sample } from '../support/samples.ts';
import { allSamples } from '../support/samples.ts';
import { whyNoPhp } from '../support/tools.ts';

const SAMPLES = allSamples();
const LOGGED_IN = SAMPLES.filter(
  ({ name, errcode }) => name.startsWith('server/create_session/') && errcode === undefined,
);
const REFUSED = SAMPLES.filter(({ errcode }) => errcode !== undefined);

const isPretty = ({ headers }: Sample): boolean =>
  Object.entries(headers).some(
    ([name, value]) => name.toUpperCase() === 'HTTP_PRETTY_PRINT' && value.toUpperCase() === 'TRUE',
  );

describe('clients that read by regular expression', () => {
  it.each(LOGGED_IN)('find the session id on one line, without blanks, in $name', ({ response }) => {
    // An Express client, whose dot stops at a line end, and a Next.js one.
    const ofExpress = /<id>(.*?)<\/id>/.exec(response)?.[1];
    const ofNext = /<id>([^<]+)<\/id>/.exec(response)?.[1];

    expect(ofExpress).toMatch(/^[\da-f]{32}$/);
    expect(ofNext).toBe(ofExpress);
  });

  it.each(REFUSED)('find the text of the error behind its status in $name', ({ response, errcode }) => {
    const [, errtext] = /<status>error<\/status>[\s\S]*?<errtext>([^<]+)/.exec(response) ?? [];

    expect(errtext).toMatch(/\S/);
    expect(response).toMatch(
      new RegExp(`<status>error</status>\\s*<errcode>${String(errcode)}</errcode>\\s*<errtext>`),
    );
  });
});

describe('acme.sh, which greps line by line', () => {
  const grep = (response: string, status: string): number =>
    response.split('\n').filter((line) => new RegExp(`^ *<status>${status}</status> *$`).test(line)).length;
  const count = (response: string, status: string): number =>
    response.split(`<status>${status}</status>`).length - 1;

  it.each(SAMPLES.filter(isPretty))('counts every ok in the pretty print of $name', ({ response }) => {
    expect(grep(response, 'ok')).toBe(count(response, 'ok'));
  });

  it.each(SAMPLES.filter((sample) => !isPretty(sample)))('sees none in the one line of $name', (sample) => {
    expect(sample.response.trimEnd().split('\n')).toHaveLength(2);
    expect(grep(sample.response, 'ok')).toBe(0);
  });
});

it.each(SAMPLES)('no byte stands before the declaration in $name', ({ response, errcode }) => {
  const isSystem = /<packet version="[^"]*">\s*<system>/.test(response);

  expect(response.startsWith(`<?xml version="1.0"${isSystem ? '' : ' encoding="UTF-8"'}?>\n<packet `)).toBe(
    true,
  );
  expect(isSystem && errcode === undefined).toBe(false);
});

/** Reads as plesk/api-php-lib, plesk/whmcs-plugin and nickurt/laravel-plesk-xml do; documents come as JSON. */
const SIMPLE_XML = `
  $read = function ($document) {
    $packet = new SimpleXMLElement($document);
    $wrong = $packet->xpath('//status[text()="error"]');
    $first = $packet->xpath('//result');
    $token = $packet->xpath('/packet/server[1]/create_session[1]/result/id');
    return [
      'root' => $packet->getName(),
      'version' => json_decode(json_encode($packet), true)['@attributes']['version'],
      'system' => (string) $packet->system->status,
      'errcode' => $wrong ? (int) $packet->xpath('//errcode')[0] : null,
      'errtext' => $wrong ? (string) $packet->xpath('//errtext')[0] : null,
      'firstId' => $first ? (string) $first[0]->id : null,
      'pathId' => $token ? (string) $token[0] : '',
    ];
  };
  echo json_encode(array_map($read, json_decode(stream_get_contents(STDIN))));
`;

const noSimpleXml = whyNoPhp('SimpleXML');

describe.skipIf(noSimpleXml !== undefined)(
  `SimpleXML${noSimpleXml === undefined ? '' : ` (skipped: ${noSimpleXml})`}`,
  () => {
    it('reads the same in every answer as the clients written in PHP expect', () => {
      const { stdout, stderr } = spawnSync('php', ['-d', 'display_errors=stderr', '-r', SIMPLE_XML], {
        input: JSON.stringify(SAMPLES.map(({ response }) => response)),
        encoding: 'utf8',
        maxBuffer: 1 << 26,
      });

      expect(stderr).toBe('');
      expect(JSON.parse(stdout)).toEqual(SAMPLES.map(asPhpReadsIt));
    });
  },
);

function asPhpReadsIt({ response, errcode }: Sample): object {
  const inner = (pattern: RegExp): string | undefined => pattern.exec(response)?.[1];
  const firstResult = inner(/<result>([^]*?)<\/result>/);
  const firstSession = inner(/<create_session>([^]*?)<\/create_session>/) ?? '';
  const directId = (result: string): string => DIRECT_ID.exec(result)?.[1] ?? '';
  return {
    root: 'packet',
    version: inner(/<packet version="([^"]*)"/),
    system: response.includes('<system>') ? 'error' : '',
    errcode: errcode ?? null,
    errtext: inner(/<errtext>([^<]*)/) === undefined ? null : unescaped(inner(/<errtext>([^<]*)/) ?? ''),
    firstId: firstResult === undefined ? null : directId(firstResult),
    pathId: directId(/<result>([^]*?)<\/result>/.exec(firstSession)?.[1] ?? ''),
  };
}

/** The id of a result itself, which stands behind what says how it went and what it is about. */
const DIRECT_ID = /^\s*<status>ok<\/status>\s*(?:<filter-id(?:\/>|>[^<]*<\/filter-id>)\s*)?<id>([^<]*)<\/id>/;

const unescaped = (text: string): string =>
  text
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&(quot|lt|gt|amp);/g, (_, name: string) => ENTITIES.get(name) ?? '');

const ENTITIES = new Map([
  ['quot', '"'],
  ['lt', '<'],
  ['gt', '>'],
  ['amp', '&'],
]);
