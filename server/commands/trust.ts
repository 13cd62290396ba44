import { readFile } from 'node:fs/promises';
import { rootCertificates } from 'node:tls';

/** What clients are to trust, in PEM. */
export interface Trust {
  /** The CA, and what programs trusted before. */
  readonly bundle: string;
  /** The CA, and what Node trusted besides its own; absent where that was nothing. */
  readonly extra: string | undefined;
  /** What could not be kept, a sentence each. */
  readonly warnings: readonly string[];
}

type Env = Readonly<Record<string, string | undefined>>;

/** Where systems keep what their programs trust: Debian and Alpine, Red Hat, macOS and the BSDs. */
const SYSTEM_BUNDLES = [
  '/etc/ssl/certs/ca-certificates.crt',
  '/etc/pki/tls/certs/ca-bundle.crt',
  '/etc/ssl/cert.pem',
] as const;

/** A CA in addition to what is trusted with these variables, each certificate once: what is there already stays. */
export async function trustBesides(
  ca: string,
  env: Env,
  systemBundles: readonly string[] = SYSTEM_BUNDLES,
): Promise<Trust> {
  const all = await named(['SSL_CERT_FILE', 'CURL_CA_BUNDLE'], env);
  const base = all.certificates ?? (await systemCertificates(systemBundles));
  const some = await named(['REQUESTS_CA_BUNDLE', 'GIT_SSL_CAINFO'], env);
  const node = await named(['NODE_EXTRA_CA_CERTS'], env);
  const own = certificatesIn(ca);
  const extra = distinct([...own, ...(node.certificates ?? [])]);
  return {
    bundle: joined(distinct([...own, ...base, ...(some.certificates ?? [])])),
    extra: extra.length > own.length ? joined(extra) : undefined,
    warnings: [all, some, node].flatMap(({ warnings }) => warnings),
  };
}

/** The certificates of the files that variables name; none where no variable names one that can be read. */
async function named(
  variables: readonly string[],
  env: Env,
): Promise<{ readonly certificates: readonly string[] | undefined; readonly warnings: readonly string[] }> {
  let certificates: readonly string[] | undefined;
  const warnings: string[] = [];
  for (const variable of variables) {
    const file = env[variable] ?? '';
    if (file === '') continue;
    try {
      certificates = [...(certificates ?? []), ...certificatesIn(await readFile(file, 'utf8'))];
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      warnings.push(`${variable} is replaced, and what it names is not kept: ${why}`);
    }
  }
  return { certificates, warnings };
}

/** The first bundle that is there; what Node comes with where there is none. */
async function systemCertificates(bundles: readonly string[]): Promise<readonly string[]> {
  for (const file of bundles) {
    const text = await readFile(file, 'utf8').catch(() => '');
    const certificates = certificatesIn(text);
    if (certificates.length > 0) return certificates;
  }
  return rootCertificates;
}

/** Nothing else that a file may hold: a key beside its certificate, or comments. */
const certificatesIn = (text: string): readonly string[] =>
  text.replaceAll('\r', '').match(/-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g) ?? [];

const distinct = (certificates: readonly string[]): readonly string[] => [...new Set(certificates)];

const joined = (certificates: readonly string[]): string => `${certificates.join('\n')}\n`;
