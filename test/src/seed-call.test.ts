import { describe, expect, it } from 'vitest';
import { browse } from '../support/browse.ts';
import { NOW, testClock } from '../support/clock.ts';
import { countingIds } from '../support/emulator.ts';
import { echoUrl, makeHosts } from '../support/hosts.ts';
import { seedCall } from '../support/seed-call.ts';
import { API_KEY, CLIENT_AREA, startBoth } from '../support/service.ts';
import { run, whyNoPhp, whyNoTool } from '../support/tools.ts';

const missing = whyNoTool('curl', '--version');
const because = missing === undefined ? '' : ` (skipped: ${missing})`;

it('answers the documented call, and its link leads through Plesk to the page of all services, once', async () => {
  const { plesk, url, call, audit } = await startBoth();

  const { status, body } = await call('Clients/CreateClientSsoToken', {
    user_id: 18,
    destination: 'ac-ps-products',
    destination_values: [],
  });

  expect({ status, body }).toMatchObject({ status: 200, body: { status: 'successful' } });
  const link = String(body.data?.['url']);
  expect(link).toBe(`${url}/sign-in?sso_token=${String(body.data?.['token'])}`);
  const opened = await browse(link);
  expect(opened).toMatchObject({ status: 303, body: '' });
  const door = await browse(opened.location ?? '', { ca: plesk.ca ?? '' });
  expect(door).toMatchObject({ status: 303, location: 'https://billing.example.com/services' });
  expect(await plesk.sessions.list()).toMatchObject([{ login: 'carl' }]);
  const again = await browse(link);
  expect(again).toMatchObject({ status: 410, location: undefined });
  expect(JSON.parse(again.body)).toMatchObject({ code: 'token_used' });
  expect(audit.map(({ event, outcome }) => [event, outcome])).toEqual([
    ['issued', 'successful'],
    ['opened', 'successful'],
    ['reused', 'token_used'],
  ]);
});

describe.skipIf(missing !== undefined)(`the printed curl command${because}`, () => {
  it.each([
    ['as its path has it', '/api/Clients/CreateClientSsoToken', undefined, '/sign-in'],
    ['as the heading spells it', '/api/Clients/CreateClientSssoToken', undefined, '/sign-in'],
    ['below /index.php', '/index.php/api/Clients/CreateClientSsoToken', undefined, '/sign-in'],
    [
      'below /index.php as the heading spells it',
      '/index.php/api/Clients/CreateClientSssoToken',
      undefined,
      '/sign-in',
    ],
    ['with a language', '/api/Clients/CreateClientSsoToken', 'en', '/en/sign-in'],
    [
      'with a language and a country, below /index.php',
      '/index.php/api/Clients/CreateClientSsoToken',
      'pt-br',
      '/pt-br/sign-in',
    ],
  ] as const)('is answered byte for byte, %s, and its link opens', async (_how, path, language, page) => {
    const started = await startBoth(
      {},
      { clock: testClock(), ids: countingIds(), ...(language === undefined ? {} : { language }) },
    );
    const { url, plesk } = started;

    const { code, stdout } = await run('sh', [
      '-c',
      `${seedCall(`${url}${path}`, API_KEY)} --silent --include`,
    ]);

    const [head = '', body = ''] = stdout.split('\r\n\r\n');
    const { data } = JSON.parse(body) as { data: { token: string; url: string; id: string } };
    expect(code).toBe(0);
    expect(head).toMatch(/^HTTP\/1\.1 200 OK\r\n/);
    expect(head).toMatch(/\r\nContent-Type: application\/json; charset=utf-8\r\n/i);
    expect(data.token).toMatch(/^psso_[\w-]{49}$/);
    expect(data.id).toMatch(/^[\da-f]{32}$/);
    expect(body).toBe(
      `{"status":"successful","data":{"token":"${data.token}","url":"${url}${page}?sso_token=${data.token}",` +
        `"id":"${data.id}","expires_at":"${new Date(NOW + 60_000).toISOString()}","expires_in":60}}`,
    );
    const hosts = makeHosts('billing.example.com');
    await hosts.serve(CLIENT_AREA, echoUrl);
    const ended = await hosts.visitor({ ca: [plesk.ca ?? ''] }).open(data.url);
    expect(ended.url).toBe(`${CLIENT_AREA}/services`);
  });
});

/** How PHP programs send a call: what stood in a form as texts, and an empty array as a list or as an object. */
const PHP = `
  $body = json_encode(eval('return ' . getenv('BODY') . ';'), getenv('FLAGS') === '' ? 0 : constant(getenv('FLAGS')));
  $curl = curl_init(getenv('URL'));
  curl_setopt_array($curl, [
    CURLOPT_RETURNTRANSFER => true,
    CURLOPT_POST => true,
    CURLOPT_POSTFIELDS => $body,
    CURLOPT_HTTPHEADER => ['Content-Type: application/json', 'Apikey: ' . getenv('KEY')],
  ]);
  $answer = json_decode(curl_exec($curl), true);
  echo json_encode([$body, $answer['status'], $answer['data']['url'] ?? $answer]);
`;

const noPhp = whyNoPhp('curl', 'json');

describe.skipIf(noPhp !== undefined)(`PHP${noPhp === undefined ? '' : ` (skipped: ${noPhp})`}`, () => {
  it.each([
    [
      'a number and a list',
      "['user_id' => 18, 'destination' => 'ac-ps-products', 'destination_values' => []]",
      '',
      '{"user_id":18,"destination":"ac-ps-products","destination_values":[]}',
      '/services',
    ],
    [
      'a text and a list',
      "['user_id' => '18', 'destination' => 'ac-ps-products', 'destination_values' => []]",
      '',
      '{"user_id":"18","destination":"ac-ps-products","destination_values":[]}',
      '/services',
    ],
    [
      'a text and an object in place of the list',
      "['user_id' => '18', 'destination' => 'ac-ps-products', 'destination_values' => []]",
      'JSON_FORCE_OBJECT',
      '{"user_id":"18","destination":"ac-ps-products","destination_values":{}}',
      '/services',
    ],
    [
      'null in place of the list',
      "['user_id' => '18', 'destination' => 'ac-ps-products', 'destination_values' => null]",
      '',
      '{"user_id":"18","destination":"ac-ps-products","destination_values":null}',
      '/services',
    ],
    [
      'escaped slashes and an id that is a text',
      "['user_id' => '18', 'destination' => 'https://billing.example.com/a/b', 'service_id' => '101']",
      '',
      String.raw`{"user_id":"18","destination":"https:\/\/billing.example.com\/a\/b","service_id":"101"}`,
      '/a/b',
    ],
    [
      'values that are texts',
      "['user_id' => '18', 'destination' => 'order-steps', 'destination_values' => ['hosting', '7']]",
      '',
      '{"user_id":"18","destination":"order-steps","destination_values":["hosting","7"]}',
      '/configure/hosting/7',
    ],
  ])('gets a link when it sends %s', async (_what, BODY, FLAGS, sent, path) => {
    const { url } = await startBoth();
    const URL_OF_CALL = `${url}/api/Clients/CreateClientSsoToken`;
    const env = { ...process.env, BODY, FLAGS, URL: URL_OF_CALL, KEY: API_KEY };

    const { code, stdout, stderr } = await run('php', ['-r', PHP], { env });

    expect([code, stderr]).toEqual([0, '']);
    const [body, status, link] = JSON.parse(stdout) as [string, string, string];
    expect([body, status]).toEqual([sent, 'successful']);
    const { location = '' } = await browse(link);
    const success = new URL(location).searchParams.get('success_redirect_url');
    expect(success).toBe(`${CLIENT_AREA}${path}`);
  });
});
