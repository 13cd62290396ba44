import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Emulator } from '../../server/emulator.ts';
import { makeAuthority } from '../../server/http/tls/certificate.ts';
import { browse, doorUrl } from '../support/browse.ts';
import { start } from '../support/emulator.ts';
import { runProgram } from '../support/program.ts';
import type { Ran } from '../support/tools.ts';
import { folder, run, whyNoPhp, whyNoTool } from '../support/tools.ts';
import { sessionPacket, tokenIn } from '../support/wire.ts';

/** The variables that a client may be told a CA by. */
const TRUST = ['NODE_EXTRA_CA_CERTS', 'SSL_CERT_FILE', 'SSL_CERT_DIR', 'CURL_CA_BUNDLE', 'PHP_INI_SCAN_DIR'];

/** What is asked: the packet, where to, and as whom. Scripts find it in their environment. */
const asked = ({ httpsUrl, admin }: Emulator): Readonly<Record<string, string>> => ({
  URL: `${httpsUrl}/enterprise/control/agent.php`,
  LOGIN: admin.login,
  PASSWORD: admin.password,
  PACKET: sessionPacket('carl'),
});

const NODE = `
  const { URL, LOGIN, PASSWORD, PACKET } = process.env;
  const headers = { 'Content-Type': 'text/xml', HTTP_AUTH_LOGIN: LOGIN, HTTP_AUTH_PASSWD: PASSWORD };
  const response = await fetch(URL, { method: 'POST', body: PACKET, headers });
  process.stdout.write(await response.text());
`;

const PHP_HEADERS = `
  $headers = ['Content-Type: text/xml', 'HTTP_AUTH_LOGIN: ' . getenv('LOGIN'), 'HTTP_AUTH_PASSWD: ' . getenv('PASSWORD')];
`;

const PHP_CURL = `${PHP_HEADERS}
  $curl = curl_init(getenv('URL'));
  curl_setopt_array($curl, [CURLOPT_RETURNTRANSFER => true, CURLOPT_POSTFIELDS => getenv('PACKET'), CURLOPT_HTTPHEADER => $headers]);
  if (getenv('CA') !== false) curl_setopt($curl, CURLOPT_CAINFO, getenv('CA'));
  $answer = curl_exec($curl);
  if ($answer === false) { fwrite(STDERR, curl_error($curl)); exit(1); }
  echo $answer;
`;

const PHP_STREAMS = `${PHP_HEADERS}
  $options = ['http' => ['method' => 'POST', 'header' => $headers, 'content' => getenv('PACKET')]];
  if (getenv('CA') !== false) $options['ssl'] = ['cafile' => getenv('CA')];
  $answer = file_get_contents(getenv('URL'), false, stream_context_create($options));
  if ($answer === false) exit(1);
  echo $answer;
`;

interface Client {
  readonly name: string;
  /** Why it cannot run here. */
  readonly missing: string | undefined;
  /** The command; in a shell `$CA` is the CA's file, and is not set where it is to be trusted without being named. */
  readonly command: readonly string[];
  /** The variable that names the CA's file to it. */
  readonly variable: string;
}

const php = (code: string): readonly string[] => ['php', '-d', 'display_errors=stderr', '-r', code];

const CLIENTS: readonly Client[] = [
  {
    name: 'curl',
    missing: whyNoTool('curl', '--version'),
    command: [
      'sh',
      '-c',
      'curl -sS ${CA+--cacert "$CA"} -H "HTTP_AUTH_LOGIN: $LOGIN" -H "HTTP_AUTH_PASSWD: $PASSWORD" -H "Content-Type: text/xml" -d "$PACKET" "$URL"',
    ],
    variable: 'CA',
  },
  {
    name: "Node's fetch",
    missing: undefined,
    command: [process.execPath, '--input-type=module', '--eval', NODE],
    variable: 'NODE_EXTRA_CA_CERTS',
  },
  {
    name: 'curl in PHP',
    missing: whyNoPhp('curl'),
    command: php(PHP_CURL),
    variable: 'CA',
  },
  {
    name: 'streams in PHP',
    missing: whyNoPhp('openssl'),
    command: php(PHP_STREAMS),
    variable: 'CA',
  },
];

/** Runs a client with these variables, and none that this process has been told a CA by. */
function runWith(command: readonly string[], variables: Readonly<Record<string, string>>): Promise<Ran> {
  const [program = '', ...args] = command;
  const inherited = Object.entries(process.env).filter(([name]) => !TRUST.includes(name));
  return run(program, args, { env: { ...Object.fromEntries(inherited), ...variables } });
}

/** What a shell runs after it has read the lines of `plesk-emulator env`. */
const behind = (lines: string, command: readonly string[]): readonly string[] => [
  'sh',
  '-c',
  'eval "$1"; shift; exec "$@"',
  'sh',
  lines,
  ...command,
];

function caFile(pem: string | undefined): string {
  const file = join(folder('ca'), 'ca.pem');
  writeFileSync(file, pem ?? '');
  return file;
}

async function expectLogin({ httpsUrl, ca = '' }: Emulator, ran: Ran): Promise<void> {
  expect(ran).toMatchObject({ code: 0, stderr: '' });
  const door = await browse(doorUrl(httpsUrl, { PLESKSESSID: tokenIn(ran.stdout) }), { ca });
  expect(door.location).toBe(`${httpsUrl}/smb/`);
}

function expectRefusal({ code, stdout, stderr }: Ran): void {
  expect(code).not.toBe(0);
  expect(stdout).toBe('');
  expect(stderr).toMatch(/certificate|UNABLE_TO_VERIFY_LEAF_SIGNATURE/i);
}

describe.each(CLIENTS)('$name', ({ missing, command, variable }) => {
  const because = missing === undefined ? '' : ` (skipped: ${missing})`;
  const withClient = it.skipIf(missing !== undefined);

  withClient(`makes a session over HTTPS where it is given the CA${because}`, async () => {
    const { plesk } = await start({ https: true });

    await expectLogin(plesk, await runWith(command, { ...asked(plesk), [variable]: caFile(plesk.ca) }));
  });

  withClient(`makes a session under a host name${because}`, async () => {
    const { plesk } = await start({ https: true });
    const { URL = '', ...rest } = asked(plesk);
    const renamed = URL.replace('127.0.0.1', 'localhost');

    const ran = await runWith(command, { ...rest, URL: renamed, [variable]: caFile(plesk.ca) });

    await expectLogin(plesk, ran);
  });

  withClient(`refuses a certificate that another CA has signed${because}`, async () => {
    const { plesk } = await start({ https: true });
    const other = caFile(makeAuthority(Date.now()).cert);

    expectRefusal(await runWith(command, { ...asked(plesk), [variable]: other }));
    expect(await plesk.sessions.list()).toEqual([]);
  });

  withClient(`refuses a certificate whose CA it was not told${because}`, async () => {
    const { plesk } = await start({ https: true });

    expectRefusal(await runWith(command, asked(plesk)));
    expect(await plesk.sessions.list()).toEqual([]);
  });

  withClient(`needs no option in a shell that has read \`plesk-emulator env\`${because}`, async () => {
    const { plesk } = await start({ https: true });
    const { stdout: lines } = await runProgram(['env', '--url', plesk.httpsUrl], {
      XDG_CACHE_HOME: folder(`it's a "cache"`),
    });

    await expectLogin(plesk, await runWith(behind(lines, command), asked(plesk)));
  });

  withClient(`needs no option in a shell that has read the lines for a kept CA${because}`, async () => {
    const caDir = folder('the CA');
    const { stdout: lines } = await runProgram(['env', '--ca-dir', caDir]);
    const { plesk } = await start({ https: true, caDir });

    await expectLogin(plesk, await runWith(behind(lines, command), asked(plesk)));
  });

  withClient(`refuses another emulator behind \`plesk-emulator env\`${because}`, async () => {
    const [{ plesk: one }, { plesk: other }] = [await start({ https: true }), await start({ https: true })];
    const { stdout: lines } = await runProgram(['env', '--url', one.url], {
      XDG_CACHE_HOME: folder('cache'),
    });

    expectRefusal(await runWith(behind(lines, command), asked(other)));
  });
});
