import { spawnSync } from 'node:child_process';
import { createPublicKey, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, get } from 'node:https';
import type { AddressInfo } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import fc from 'fast-check';
import { describe, expect, it, onTestFinished } from 'vitest';
import { normalAddress } from '../../base/addresses.ts';
import type { KeyAndCertificate } from '../../server/http/tls/certificate.ts';
import { issueCertificate, makeAuthority, serverLife } from '../../server/http/tls/certificate.ts';
import { integer, objectId, octetString, sequence, time } from '../../server/http/tls/der.ts';
import { opensslIsMissing } from '../support/certificate.ts';
import { nodeKnowsIpv6 } from '../support/tools.ts';

const NOW = Date.parse('2026-03-01T12:00:00Z');
const NAMES = ['localhost', '127.0.0.1', '::1', '*.example.test', '2001:DB8::1'];
const hasIpv6 = Object.values(networkInterfaces())
  .flat()
  .some((found) => found?.address === '::1');
const withOpenssl = it.skipIf(opensslIsMissing() !== undefined);

const leafFor = (...names: readonly string[]): X509Certificate =>
  new X509Certificate(issueCertificate(makeAuthority(NOW), { names, ...serverLife(NOW) }).cert);

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'tls-certificates-'));
  onTestFinished(() => {
    rmSync(path, { recursive: true });
  });
  return path;
}

function openssl(args: readonly string[], input: string | Buffer = ''): string {
  const { status, stdout, stderr } = spawnSync('openssl', args, { input, encoding: 'utf8' });
  return status === 0 ? stdout : `openssl failed: ${stdout}${stderr}`;
}

const textOf = (cert: string): string => openssl(['x509', '-noout', '-text'], cert);

/** What `openssl verify` says of a leaf at an instant. */
function verify(ca: string, leaf: string, at: number, ...more: readonly string[]): string {
  const path = folder();
  writeFileSync(join(path, 'ca.pem'), ca);
  writeFileSync(join(path, 'leaf.pem'), leaf);
  const options = ['-purpose', 'sslserver', '-attime', String(at / 1000), ...more];
  return openssl(['verify', ...options, '-CAfile', join(path, 'ca.pem'), join(path, 'leaf.pem')]);
}

it('makes a CA that is good for ten years from the day before', () => {
  const ca = new X509Certificate(makeAuthority(NOW).cert);

  expect(ca.ca).toBe(true);
  expect(ca.subject).toMatch(/^CN=plesk-emulator CA [\da-f]{6}$/);
  expect(ca.issuer).toBe(ca.subject);
  expect(ca.verify(ca.publicKey)).toBe(true);
  expect(ca.validFrom).toBe('Feb 28 12:00:00 2026 GMT');
  expect(ca.validTo).toBe('Feb 29 12:00:00 2036 GMT');
});

it('gives every CA its own name, key and serial number', () => {
  const [one, other] = [makeAuthority(NOW), makeAuthority(NOW)].map(({ cert }) => new X509Certificate(cert));

  expect(one?.subject).not.toBe(other?.subject);
  expect(one?.serialNumber).not.toBe(other?.serialNumber);
  expect(one?.serialNumber).toMatch(/^[4-7][\dA-F]{31}$/);
});

it('issues a certificate that the CA has signed, for the names and the time that are asked for', () => {
  const authority = makeAuthority(NOW);
  const ca = new X509Certificate(authority.cert);
  const { key, cert } = issueCertificate(authority, { names: NAMES, ...serverLife(NOW) });
  const leaf = new X509Certificate(cert);

  expect(leaf.checkIssued(ca)).toBe(true);
  expect(leaf.verify(ca.publicKey)).toBe(true);
  expect(leaf.ca).toBe(false);
  expect(leaf.subject).toBe('CN=localhost');
  expect(leaf.subjectAltName).toBe(
    'DNS:localhost, IP Address:127.0.0.1, IP Address:0:0:0:0:0:0:0:1, DNS:*.example.test, IP Address:2001:DB8:0:0:0:0:0:1',
  );
  expect(leaf.keyUsage).toEqual(['1.3.6.1.5.5.7.3.1']);
  expect(leaf.validFrom).toBe('Feb 28 12:00:00 2026 GMT');
  expect(leaf.validTo).toBe('Mar 31 12:00:00 2027 GMT');
  expect(key).toMatch(/^-----BEGIN PRIVATE KEY-----\n/);
  expect(createPublicKey(key).equals(leaf.publicKey)).toBe(true);
});

it('gives a server no certificate for longer than browsers accept', () => {
  const { notBefore, notAfter } = serverLife(NOW);

  expect((notAfter - notBefore) / 86_400_000).toBeLessThanOrEqual(397);
});

it.each([
  ['a host name', 'localhost', 'localhost'],
  ['a host name in capitals', 'LOCALHOST', 'localhost'],
  ['a host name with the dot of the root', 'panel.example.test.', 'panel.example.test'],
  ['a wildcard', '*.example.test', 'any.example.test'],
  ['a name in punycode', 'xn--mnchen-3ya.example', 'xn--mnchen-3ya.example'],
  ['a service of compose with an underscore', 'plesk_1', 'plesk_1'],
])('issues for %s', (_case, name, host) => {
  const leaf = leafFor('other.test', name);

  expect(leaf.checkHost(host)).toBeDefined();
  expect(leaf.checkHost('elsewhere.test')).toBeUndefined();
});

it.each([
  ['IPv4', '192.0.2.1', '192.0.2.1'],
  ['IPv6 that is shortened inside', '2001:db8::7:1', '2001:db8::7:1'],
  ['IPv6 that is shortened at its start', '::1', '0:0:0:0:0:0:0:1'],
  ['IPv6 that is shortened at its end', 'fe80::', 'fe80:0:0:0:0:0:0:0'],
  ['IPv6 of zeros', '::', '::'],
  ['IPv6 in full', '2001:0DB8:0001:0002:0003:0004:0005:0006', '2001:db8:1:2:3:4:5:6'],
  ['IPv6 with a zone', 'fe80::1%eth0', 'fe80::1'],
  ['IPv6 that ends as IPv4', '::192.0.2.1', '::c000:201'],
  ['IPv4 mapped into IPv6', '::ffff:192.0.2.1', '192.0.2.1'],
])('issues for %s', (_case, name, address) => {
  const leaf = leafFor(name);

  expect(leaf.checkIP(address)).toBeDefined();
  expect(leaf.checkIP('198.51.100.1')).toBeUndefined();
});

it('issues for any IPv6 address', () => {
  const authority = makeAuthority(NOW);
  fc.assert(
    fc.property(fc.ipV6(), (address) => {
      const { cert } = issueCertificate(authority, { names: [address], ...serverLife(NOW) });
      expect(new X509Certificate(cert).checkIP(normalAddress(address) ?? '')).toBeDefined();
    }),
  );
});

it('names the holder by the first name of at most 64 characters, for no more fit there', () => {
  const long = `${'a'.repeat(60)}.example.test`;

  expect(leafFor(long, 'short.test').subject).toBe('CN=short.test');
  expect(leafFor(long).subject).toBe('CN=plesk-emulator');
  expect(leafFor(long).checkHost(long)).toBeDefined();
});

it('names each name once', () => {
  expect(leafFor('a.test', 'A.test', 'a.test.', '::1', '0::1').subjectAltName).toBe(
    'DNS:a.test, IP Address:0:0:0:0:0:0:0:1',
  );
});

it.each([
  ['an empty name', ''],
  ['IPv6 in brackets', '[::1]'],
  ['a name beyond ASCII', 'münchen.example'],
  ['an address and more', '::1]/x['],
  ['colons alone', ':::'],
  ['nine words of IPv6', '1:2:3:4:5:6:7:8:9'],
  ['a URL', 'https://localhost'],
  ['a name with its port', 'localhost:8443'],
  ['a wildcard inside', 'a.*.test'],
  ['a bare star', '*'],
  ['a name that goes on with NUL', 'good.test\0.bad.test'],
])('refuses %s', (_case, name) => {
  expect(() => leafFor('localhost', name)).toThrow(
    expect.objectContaining({
      name: 'CertificateError',
      message: expect.stringContaining(JSON.stringify(name)) as string,
    }),
  );
});

it('refuses to issue for no name at all', () => {
  expect(() => leafFor()).toThrow('a certificate needs a host name or an address');
});

describe('for openssl', () => {
  withOpenssl('is the CA one that signs servers only, and marked so critically', () => {
    const text = textOf(makeAuthority(NOW).cert);

    expect(text).toContain('X509v3 Basic Constraints: critical\n                CA:TRUE, pathlen:0');
    expect(text).toContain('X509v3 Key Usage: critical\n                Certificate Sign, CRL Sign');
    expect(text).toContain('Signature Algorithm: ecdsa-with-SHA256');
    expect(text).toContain('ASN1 OID: prime256v1');
    expect(text).toContain('Version: 3');
    const ids = [...text.matchAll(/(?:[\dA-F]{2}:){19}[\dA-F]{2}/g)].map(([id]) => id);
    expect(new Set(ids).size).toBe(1);
    expect(ids).toHaveLength(2);
  });

  withOpenssl('is the leaf a server and no CA', () => {
    const { cert } = issueCertificate(makeAuthority(NOW), { names: NAMES, ...serverLife(NOW) });
    const text = textOf(cert);

    expect(text).toContain('X509v3 Basic Constraints: critical\n                CA:FALSE');
    expect(text).toContain('X509v3 Key Usage: critical\n                Digital Signature\n');
    expect(text).toContain('TLS Web Server Authentication\n');
  });

  withOpenssl.each([
    ['a few', NAMES],
    ['40', Array.from({ length: 40 }, (_, index) => `${'n'.repeat(50)}${index}.example.test`)],
    ['long', [`${`${'l'.repeat(63)}.`.repeat(3)}${'l'.repeat(61)}`]],
  ])('is a leaf with %s names strictly right', (_case, names) => {
    const authority = makeAuthority(NOW);
    const { cert } = issueCertificate(authority, { names, ...serverLife(NOW) });
    const name = names.at(-1) ?? '';
    const option = name.includes(':') ? '-verify_ip' : '-verify_hostname';

    expect(verify(authority.cert, cert, NOW, '-x509_strict', option, name)).toMatch(/leaf\.pem: OK\n$/);
    expect(verify(authority.cert, cert, NOW, '-verify_hostname', 'elsewhere.test')).toContain('mismatch');
    expect(verify(makeAuthority(NOW).cert, cert, NOW)).toContain('unable to get local issuer');
  });

  withOpenssl('does a leaf expire and begin when it was asked to', () => {
    const authority = makeAuthority(NOW);
    const hour = { notBefore: NOW, notAfter: NOW + 3_600_000 };
    const { cert } = issueCertificate(authority, { names: NAMES, ...hour });

    expect(verify(authority.cert, cert, NOW + 3_599_000, '-x509_strict')).toMatch(/OK\n$/);
    expect(verify(authority.cert, cert, NOW + 3_601_000)).toContain('certificate has expired');
    expect(verify(authority.cert, cert, NOW - 1000)).toContain('certificate is not yet valid');
  });

  withOpenssl.each([
    ['an RSA key, as mkcert makes', 'rsa:2048', 'hash'],
    ['P-384', 'ec', 'hash'],
    ['a key identifier of its own', 'rsa:2048', '01020304'],
    ['no key identifier', 'rsa:2048', 'none'],
  ])('is a leaf right under a CA from elsewhere with %s', (_case, algorithm, keyId) => {
    const authority = makeElsewhere(algorithm, keyId);
    const now = Date.parse(new X509Certificate(authority.cert).validFrom);
    const { cert } = issueCertificate(authority, { names: NAMES, ...serverLife(now) });

    // Strictly, every CA has a key identifier.
    const strict = keyId === 'none' ? [] : ['-x509_strict'];
    expect(verify(authority.cert, cert, now, ...strict)).toMatch(/leaf\.pem: OK\n$/);
    expect(new X509Certificate(cert).issuer).toBe('C=CH\nO=Bürö\nCN=Some CA');
  });
});

describe('in a handshake', () => {
  it.for(['localhost', '127.0.0.1', '::1'])(
    'is trusted at %s by who trusts the CA',
    async (host, { skip }) => {
      skip(host === '::1' && !hasIpv6, 'this machine has no IPv6');
      skip(host === '::1' && !nodeKnowsIpv6(), 'this Node takes IPv6 addresses for names');
      const authority = makeAuthority(Date.now());
      const port = await serve(authority, NAMES, host);

      expect(await shake(host, port, authority.cert)).toBe('trusted');
    },
  );

  it.each([
    ['the CA is another', NAMES, 'UNABLE_TO_VERIFY_LEAF_SIGNATURE', makeAuthority(Date.now())],
    ['the name is another', ['elsewhere.test'], 'ERR_TLS_CERT_ALTNAME_INVALID', undefined],
  ])('is refused where %s', async (_case, names, code, trusted) => {
    const authority = makeAuthority(Date.now());
    const port = await serve(authority, names, '127.0.0.1');

    expect(await shake('127.0.0.1', port, (trusted ?? authority).cert)).toBe(code);
  });
});

describe('DER', () => {
  it.each([
    [0n, '020100'],
    [127n, '02017f'],
    [128n, '02020080'],
    [255n, '020200ff'],
    [256n, '02020100'],
    [1n << 63n, '0209008000000000000000'],
  ])('holds the integer %s as %s', (value, hex) => {
    expect(integer(value).toString('hex')).toBe(hex);
  });

  it('holds every integer that is not negative in the fewest bytes', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 1n << 256n }), (value) => {
        const [tag, length, ...content] = integer(value);
        expect([tag, length]).toEqual([2, content.length]);
        expect(BigInt(`0x${Buffer.from(content).toString('hex')}`)).toBe(value);
        expect(content[0]).toBeLessThan(0x80);
        if (content[0] === 0 && content.length > 1) expect(content[1]).toBeGreaterThanOrEqual(0x80);
      }),
    );
    expect(() => integer(-1n)).toThrow(RangeError);
  });

  it.each([
    [0, '0400'],
    [127, '047f'],
    [128, '048180'],
    [255, '0481ff'],
    [256, '04820100'],
    [65_535, '0482ffff'],
    [65_536, '0483010000'],
  ])('states a length of %i as %s', (length, head) => {
    const der = octetString(Buffer.alloc(length));

    expect(der.subarray(0, der.length - length).toString('hex')).toBe(head);
  });

  it.each([
    ['2.5.4.3', '0603550403'],
    ['1.2.840.10045.4.3.2', '06082a8648ce3d040302'],
    ['1.3.6.1.5.5.7.3.1', '06082b06010505070301'],
  ])('holds the object identifier %s as %s', (dotted, hex) => {
    expect(objectId(dotted).toString('hex')).toBe(hex);
  });

  it.each([
    ['1949-12-31T23:59:59.999Z', '\x18\x0f19491231235959Z'],
    ['1950-01-01T00:00:00Z', '\x17\x0d500101000000Z'],
    ['2049-12-31T23:59:59Z', '\x17\x0d491231235959Z'],
    ['2050-01-01T00:00:00Z', '\x18\x0f20500101000000Z'],
    ['9999-12-31T23:59:59Z', '\x18\x0f99991231235959Z'],
  ])('holds %s in the form for its year', (iso, der) => {
    expect(time(Date.parse(iso)).toString('latin1')).toBe(der);
  });

  it.each([NaN, Infinity, Date.parse('+010000-01-01T00:00:00Z')])('holds no instant like %d', (instant) => {
    expect(() => time(instant)).toThrow(RangeError);
  });

  withOpenssl('is read by openssl as it was meant', () => {
    const der = sequence(
      integer(1n << 127n),
      sequence(),
      octetString(Buffer.alloc(300)),
      objectId('2.5.29.17'),
    );

    const lines = openssl(['asn1parse', '-inform', 'DER'], der).trim().split('\n');

    const types = lines.map((line) => /(?:cons|prim): ([A-Z ]*[A-Z])/.exec(line)?.[1]);
    expect(types).toEqual(['SEQUENCE', 'INTEGER', 'SEQUENCE', 'OCTET STRING', 'OBJECT']);
    expect(lines[1]).toMatch(/:80{31}$/);
  });
});

function makeElsewhere(algorithm: string, keyId: string): KeyAndCertificate {
  const path = folder();
  const [key, cert] = [join(path, 'key.pem'), join(path, 'cert.pem')];
  const curve = algorithm === 'ec' ? ['-pkeyopt', 'ec_paramgen_curve:P-384'] : [];
  const config = join(path, 'openssl.cnf');
  const extensions = `[ca]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign
${keyId === 'none' ? '' : `subjectKeyIdentifier=${keyId}`}
`;
  writeFileSync(config, `[req]\ndistinguished_name=name\nx509_extensions=ca\n[name]\n${extensions}`);
  const subject = ['-utf8', '-subj', '/C=CH/O=Bürö/CN=Some CA', '-config', config];
  const out = ['-keyout', key, '-out', cert];
  openssl(['req', '-x509', '-nodes', '-days', '9', '-newkey', algorithm, ...curve, ...subject, ...out]);
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

async function serve(authority: KeyAndCertificate, names: readonly string[], host: string): Promise<number> {
  const server = createServer(issueCertificate(authority, { names, ...serverLife(Date.now()) }));
  onTestFinished(() => void server.close());
  server.on('request', (_request, response) => response.end('hello'));
  server.listen(0, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

/** Whether a client that trusts one CA trusts a server, or why not. */
const shake = (host: string, port: number, ca: string): Promise<string> =>
  new Promise((resolve) => {
    get({ host, port, ca, agent: false }, (response) => {
      const { socket } = response.resume();
      resolve(socket instanceof TLSSocket && socket.authorized ? 'trusted' : 'not authorized');
    }).once('error', (error: NodeJS.ErrnoException) => {
      resolve(error.code ?? error.message);
    });
  });
