import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * Writes into a folder what is bundled, by esbuild's results: LICENCES.txt, with the licence and NOTICE files of each
 * library, which have to go with every copy, and sbom.cdx.json (CycloneDX), by which scanners see the libraries.
 */
export async function writeBundled(folder, built) {
  const files = built.flatMap(({ metafile }) => Object.keys(metafile.inputs));
  const folders = files.map((file) => /^.*node_modules\/(?:@[^/]+\/)?[^/]+/.exec(file)?.[0]);
  const known = [...new Set(folders)].filter((library) => library !== undefined);
  const libraries = await Promise.all(known.map((library) => readLibrary(resolve(root, library))));
  libraries.sort((one, other) => (one.title < other.title ? -1 : 1));
  await mkdir(folder, { recursive: true });
  await writeFile(
    join(folder, 'LICENCES.txt'),
    [
      'These libraries are part of the files here and beside this folder.\n',
      ...libraries.map(({ title, license, texts }) => `${title} (${license})\n\n${texts.join('\n\n')}\n`),
    ].join('\n'),
  );
  await writeFile(join(folder, 'sbom.cdx.json'), `${JSON.stringify(await sbomOf(libraries), null, 2)}\n`);
}

/** A library that a program loads only if it is installed. An SBOM names the version that our tests use. */
const OPTIONAL = 'ioredis';

async function readLibrary(folder) {
  const { name, version, license } = await readManifest(folder);
  const entries = (await readdir(folder)).toSorted();
  const licence = entries.find((entry) => /^licen[cs]e/i.test(entry));
  const notices = entries.filter((entry) => /^notice/i.test(entry));
  const read = async (entry) => (await readFile(join(folder, entry), 'utf8')).trim();
  const texts = [
    licence === undefined ? 'Its package has no text of it.' : await read(licence),
    ...(await Promise.all(notices.map(read))),
  ];
  return { title: `${name} ${version}`, name, version, license, texts };
}

const readManifest = async (folder) => JSON.parse(await readFile(join(folder, 'package.json'), 'utf8'));

/** Without a time and a serial number: the same sources make the same file. */
async function sbomOf(libraries) {
  const own = await readManifest(root);
  const isOptionalBundled = libraries.some(({ name }) => name === OPTIONAL);
  const optional = isOptionalBundled ? [] : [await readManifest(join(root, 'node_modules', OPTIONAL))];
  return {
    bomFormat: 'CycloneDX',
    specVersion: '1.5',
    version: 1,
    metadata: { component: { ...componentOf(own), type: 'application' } },
    components: [
      ...libraries.map((library) => ({ ...componentOf(library), scope: 'required' })),
      ...optional.map((library) => ({ ...componentOf(library), scope: 'optional' })),
    ],
  };
}

function componentOf({ name, version, license }) {
  const purl = `pkg:npm/${name.replace('@', '%40')}@${version}`;
  const [, group, rest = name] = /^(@[^/]+)\/(.*)$/.exec(name) ?? [];
  return {
    type: 'library',
    'bom-ref': purl,
    ...(group === undefined ? {} : { group }),
    name: rest,
    version,
    purl,
    licenses: [{ expression: license }],
  };
}
