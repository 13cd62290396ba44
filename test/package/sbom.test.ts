import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { manifest } from '../support/package.ts';
import { run } from '../support/tools.ts';

interface Component {
  readonly type: string;
  readonly scope?: string;
  readonly 'bom-ref': string;
  readonly group?: string;
  readonly name: string;
  readonly version: string;
  readonly purl: string;
  readonly licenses: readonly { readonly expression: string }[];
}

interface Sbom {
  readonly bomFormat: string;
  readonly specVersion: string;
  readonly version: number;
  readonly metadata: { readonly component: Component };
  readonly components: readonly Component[];
}

const built = mkdtempSync(join(tmpdir(), 'sbom-'));
let sbom: Sbom;
let licences: string;

beforeAll(async () => {
  const bins = join(built, 'bin');
  mkdirSync(bins);
  const args = ['scripts/build.js', '--bin-only', bins, '--redis', join(built, 'node_modules'), '--quiet'];
  const { code, stderr } = await run(process.execPath, args, { timeout: 60_000 });
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  sbom = JSON.parse(readFileSync(join(bins, 'sbom.cdx.json'), 'utf8')) as Sbom;
  licences = readFileSync(join(bins, 'LICENCES.txt'), 'utf8');
}, 90_000);

afterAll(() => {
  rmSync(built, { recursive: true, force: true });
});

const fullName = ({ group, name }: Component): string => (group === undefined ? name : `${group}/${name}`);

it('is CycloneDX, and names the package that it is about', () => {
  const { bomFormat, specVersion, version, metadata } = sbom;

  expect({ bomFormat, specVersion, version }).toEqual({
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
  });
  expect(metadata.component).toMatchObject({
    type: 'application',
    name: 'plesk-emulator',
    version: manifest().version,
  });
});

it('has each library once, as scanners look for it', () => {
  const purls = sbom.components.map(({ purl }) => purl);

  expect(new Set(purls).size).toBe(purls.length);
  for (const component of sbom.components) {
    const { type, scope, version, purl, licenses } = component;
    expect(type).toBe('library');
    expect(scope).toBe('required');
    expect(purl).toBe(`pkg:npm/${fullName(component).replace('@', '%40')}@${version}`);
    expect(component['bom-ref']).toBe(purl);
    expect(licenses).toEqual([{ expression: expect.stringMatching(/^[\w.() -]+$/) as string }]);
  }
});

it.each(['express', 'undici', 'xml2js', 'ioredis', 'pino', 'yaml', '@fastify/busboy'])(
  'names %s in the version that is bundled',
  (library) => {
    const component = sbom.components.find((one) => fullName(one) === library);

    expect(component?.version).toBe(manifest().devDependencies[library]);
  },
);

it('has the libraries of the licences, with those that libraries bring', () => {
  const licensed = [...licences.matchAll(/^(@?[\w./-]+ \d[\w.-]*) \((.*)\)$/gm)].map(
    ([, title, license]) => `${String(title)}: ${String(license)}`,
  );
  const listed = sbom.components.map(
    (one) => `${fullName(one)} ${one.version}: ${String(one.licenses[0]?.expression)}`,
  );

  expect(listed.filter((one) => !licensed.includes(one))).toEqual([]);
  expect(sbom.components.map(fullName)).toEqual(expect.arrayContaining(['body-parser', 'sax', 'denque']));
});
