// `npm run sbom -- FILE`, or without FILE to standard output: a bill of materials in CycloneDX 1.6 (https://cyclonedx.org/docs/1.6/json/): the
// packages that the service runs with, by package-lock.json, and what is inside of GraphiQL's bundle, which is served to browsers. The image
// has it as sbom.cdx.json. It needs neither a network nor installed packages.
import { randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';

const read = (name) => JSON.parse(readFileSync(new URL(name, import.meta.url), 'utf8'));
const { packages } = read('../package-lock.json');
const root = read('../package.json');
const graphiql = read('graphiql-parts.json');

/** What pages load in a browser (src/pages/files.ts, src/pages/graphiql/files.ts). */
const SERVED = new Set(['chart.js', '@kurkle/color', graphiql.of]);

const FOLDER = 'node_modules/';
const nameAt = (path) => path.slice(path.lastIndexOf(FOLDER) + FOLDER.length);

/** Not for development, not the embedded Postgres, and not what only a peer would need: as the image has it. */
const isNeeded = ({ dev, optional, devOptional, peer }) => !(dev || optional || devOptional || peer);

/** A package's URL (https://github.com/package-url/purl-spec), which is its id in the document, too. */
const purlOf = (name, version) => `pkg:npm/${name.replace('@', '%40')}@${version}`;

const named = (name) => {
  const [group, rest] = name.startsWith('@') ? name.split('/') : [undefined, name];
  return { ...(group && { group }), name: rest };
};

/** An SPDX id, or an expression of some. */
const licensesOf = (license) => [/\s/.test(license) ? { expression: license } : { license: { id: license } }];

/** npm has hashes as base64. */
function hashesOf(integrity) {
  const [, algorithm, digest] = /^sha(\d+)-(\S+)$/.exec(integrity);
  return [{ alg: `SHA-${algorithm}`, content: Buffer.from(digest, 'base64').toString('hex') }];
}

const partsOfGraphiql = graphiql.parts.map(({ name, version, license, copyright, about }) => ({
  ...{ type: 'library', 'bom-ref': `${graphiql.of}#${name}`, ...named(name) },
  ...(version && { version }),
  ...(about && { description: about }),
  ...{ licenses: licensesOf(license), copyright: `Copyright (c) ${copyright}` },
  ...(version && { purl: purlOf(name, version) }),
}));

/** The path of a package that another one finds, as Node looks for it: below itself, then in each folder above. */
function found(from, name) {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf(`/${FOLDER}`)))) {
    const path = `${folder === '' ? '' : `${folder}/`}${FOLDER}${name}`;
    if (packages[path]) return path;
    if (folder === '') return undefined;
  }
}

const needed = Object.entries(packages).filter(([path, entry]) => path !== '' && isNeeded(entry));
const refs = new Map(needed.map(([path, { version }]) => [path, purlOf(nameAt(path), version)]));
const rootRef = purlOf(root.name, root.version);

const components = new Map();
const dependsOn = new Map([[rootRef, new Set()]]);
for (const [path, { version, license, integrity }] of needed) {
  const [ref, name] = [refs.get(path), nameAt(path)];
  components.set(ref, {
    ...{ type: 'library', 'bom-ref': ref, ...named(name), version, scope: 'required' },
    ...{ hashes: hashesOf(integrity), licenses: licensesOf(license), purl: ref },
    ...(SERVED.has(name) && { properties: [{ name: 'interviews-data-service:served-to-browsers', value: 'true' }] }),
    ...(name === graphiql.of && { components: partsOfGraphiql }),
  });
  if (!dependsOn.has(ref)) dependsOn.set(ref, new Set());
}
for (const [path, { dependencies = {}, peerDependencies = {} }] of [['', packages['']], ...needed])
  for (const name of Object.keys({ ...dependencies, ...peerDependencies })) {
    const ref = refs.get(found(path, name) ?? '');
    if (ref) dependsOn.get(path === '' ? rootRef : refs.get(path)).add(ref);
  }

const bom = {
  $schema: 'http://cyclonedx.org/schema/bom-1.6.schema.json',
  bomFormat: 'CycloneDX',
  specVersion: '1.6',
  serialNumber: `urn:uuid:${randomUUID()}`,
  version: 1,
  metadata: {
    timestamp: new Date().toISOString(),
    lifecycles: [{ phase: 'build' }],
    component: {
      ...{ type: 'application', 'bom-ref': rootRef, name: root.name, version: root.version },
      ...{ description: root.description, licenses: licensesOf(root.license), purl: rootRef },
    },
  },
  components: [...components.values()],
  dependencies: [...dependsOn].map(([ref, refsOf]) => ({ ref, dependsOn: [...refsOf].sort() })),
};

const text = `${JSON.stringify(bom, null, 2)}\n`;
const [file] = process.argv.slice(2);
if (file === undefined) process.stdout.write(text);
else writeFileSync(file, text);
