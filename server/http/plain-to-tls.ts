import type { Rule } from '../protocol/source.ts';
import { assumed } from '../protocol/source.ts';
import { REASON, reasonHeader } from './reason.ts';

export const PLAIN_TO_TLS_RULES: readonly Rule[] = [
  {
    id: 'tls/plain-http',
    source: assumed('nginx does so', 'no TLS on the HTTPS port is 400 over plain HTTP, and the end'),
  },
];

/** Why a client that sent plain HTTP to the HTTPS port was not answered. */
export const PLAIN_HTTP = 'it sent plain HTTP to the HTTPS port; use https://';

/** OpenSSL knows GET, HEAD, POST and PUT as HTTP, not DELETE or OPTIONS; nginx answers all that is no TLS. */
export const NO_TLS =
  'what it sent to the HTTPS port is no TLS but plain HTTP, or another protocol; use https://';

const PAGE = `<html>
<head><title>400 The plain HTTP request was sent to HTTPS port</title></head>
<body>
<center><h1>400 Bad Request</h1></center>
<center>The plain HTTP request was sent to HTTPS port</center>
<hr><center>sw-cp-server</center>
</body>
</html>
`.replaceAll('\n', '\r\n');

/** What a client is answered over plain HTTP, with the reason. */
export const plainHttpAnswer = (why: string): string =>
  [
    'HTTP/1.1 400 Bad Request',
    'Server: sw-cp-server',
    'Content-Type: text/html',
    `Content-Length: ${PAGE.length}`,
    'Connection: close',
    `${REASON}: ${reasonHeader(why)}`,
    '',
    PAGE,
  ].join('\r\n');
