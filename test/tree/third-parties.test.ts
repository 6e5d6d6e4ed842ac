/** What the service is made of besides its own source: licenses, the bill of materials, and the notices that go out with what browsers load. */
import { execFileSync } from 'node:child_process';
import { readdir, readFile } from 'node:fs/promises';
import { Ajv } from 'ajv';
import { beforeAll, describe, expect, test } from 'vitest';
import { REPOSITORY, readDocument } from '../kit/documents.ts';
import type { Json } from '../kit/graphql.ts';

/** They ask for no more than to be named. */
const LICENSES = ['0BSD', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'ISC', 'MIT'];

const json = (path: string): Json => JSON.parse(readDocument(path));
const nameAt = (path: string): string => path.split('node_modules/').at(-1) ?? '';

interface Entry {
  readonly version: string;
  readonly license?: string;
  readonly integrity: string;
  readonly [flag: string]: unknown;
}
const installed = Object.entries<Entry>(json('package-lock.json').packages).filter(([path]) => path !== '');
/** What runs in production: in an image, and, with the optional packages, on one machine. */
const ofImage = installed.filter(
  ([, { dev, optional, devOptional, peer }]) => !(dev || optional || devOptional || peer),
);
const ofProduction = installed.filter(([, { dev, devOptional, peer }]) => !(dev || devOptional || peer));

test('every package of production has a license that asks for no more than to be named', () => {
  expect(ofProduction.length).toBeGreaterThan(100);
  expect(ofProduction.filter(([, { license }]) => !LICENSES.includes(license ?? '')).map(([path]) => path)).toEqual([]);
});

test('what is installed has the licenses of the lock file', async () => {
  const licenses = await Promise.all(
    ofImage.map(async ([path]) => [
      path,
      JSON.parse(await readFile(`${REPOSITORY}${path}/package.json`, 'utf8')).license,
    ]),
  );
  expect(licenses).toEqual(ofImage.map(([path, { license }]) => [path, license]));
});

describe('the bill of materials', () => {
  let text: string;
  let bom: Json;
  beforeAll(() => {
    text = execFileSync(process.execPath, ['tools/sbom.mjs'], { cwd: REPOSITORY, encoding: 'utf8' });
    bom = JSON.parse(text);
  });
  const nameOf = ({ group, name }: Json): string => (group === undefined ? name : `${group}/${name}`);

  test('is valid CycloneDX 1.6', () => {
    // By the names under which they refer to each other there.
    const schema = (name: string) => ({
      ...json(`node_modules/@cyclonedx/cyclonedx-library/res/schema/${name}.SNAPSHOT.schema.json`),
      $id: `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`,
    });
    const ajv = new Ajv({ strict: false, validateFormats: false });
    for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs']) ajv.addSchema(schema(name));
    const validate = ajv.compile(schema('bom-1.6'));
    expect([validate(bom), validate.errors]).toEqual([true, null]);
    expect(validate({ ...bom, components: [{ name: 'no type' }] })).toBe(false);
  });

  test('has every package of an image with its version, license and hash, and no other', () => {
    const listed = bom.components.map((one: Json) => `${nameOf(one)} ${one.version} ${one.licenses[0].license.id}`);
    const expected = ofImage.map(([path, { version, license }]) => `${nameAt(path)} ${version} ${license}`);
    expect(listed.sort()).toEqual([...new Set(expected)].sort());
    const chart = bom.components.find(({ name }: Json) => name === 'chart.js');
    expect(`sha512-${Buffer.from(chart.hashes[0].content, 'hex').toString('base64')}`).toBe(
      json('package-lock.json').packages['node_modules/chart.js'].integrity,
    );
  });

  test('says what needs what, down to the last package', () => {
    const needs = new Map<string, string[]>(bom.dependencies.map(({ ref, dependsOn }: Json) => [ref, dependsOn]));
    const reached = new Set<string>([bom.metadata.component['bom-ref']]);
    for (const ref of reached) for (const other of needs.get(ref) ?? []) reached.add(other);
    expect(bom.components.map((one: Json) => one['bom-ref']).filter((ref: string) => !reached.has(ref))).toEqual([]);
  });

  test('marks what browsers load, and has what is inside of GraphiQL', () => {
    const served = bom.components.filter(({ properties = [] }: Json) => properties.length > 0);
    expect(served.map(nameOf).sort()).toEqual(['@graphql-yoga/render-graphiql', '@kurkle/color', 'chart.js']);
    const { components } = served.find(({ name }: Json) => name === 'render-graphiql');
    expect(components.map(nameOf)).toEqual(expect.arrayContaining(['react', 'monaco-editor', 'graphiql', 'dompurify']));
  });
});

describe('the notices that go out with what browsers load', () => {
  const notices = readDocument('src/pages/browser/third-party-notices.txt').replace(/\s+/g, ' ');
  const { packages } = json('package-lock.json');

  test('name Chart.js, with what is inside of it, in the installed versions', async () => {
    expect(notices).toContain(`chart.js ${packages['node_modules/chart.js'].version} (MIT)`);
    expect(Object.keys(packages['node_modules/chart.js'].dependencies)).toEqual(['@kurkle/color']);
    for (const name of ['chart.js', '@kurkle/color', '@graphql-yoga/render-graphiql']) {
      const folder = `${REPOSITORY}node_modules/${name}`;
      const file = (await readdir(folder)).find((one) => /^LICENSE\b/.test(one));
      const license = await readFile(`${folder}/${file}`, 'utf8');
      for (const [line] of license.matchAll(/^Copyright .*$/gm))
        expect([name, notices]).toEqual([name, expect.stringContaining(line.trim())]);
    }
  });

  test('name every part of GraphiQL in the versions that its bundle has, for the installed one', async () => {
    const { of, version, parts } = json('tools/graphiql-parts.json');
    expect(packages[`node_modules/${of}`].version).toBe(version);
    expect(notices).toContain(`${of} ${version} (MIT)`);
    for (const part of parts) {
      expect(notices).toContain(part.version ? `${part.name} ${part.version}` : part.name);
      expect(notices).toContain(`(${part.license}`);
      expect(notices).toContain(`Copyright (c) ${part.copyright}`);
    }
    // The workers still name the files that they are made of.
    const bundle = await readFile(`${REPOSITORY}node_modules/${of}/esm/graphiql.js`, 'utf8');
    const named = new Set(
      Array.from(
        bundle.matchAll(/node_modules\/\.pnpm\/((?:@[^/@]+\+)?[^/@]+@\d[\w.-]*?)(?=[/_(])/g),
        ([, one]) => one,
      ),
    );
    named.add(`react-dom@${/reconcilerVersion:\\?"([\d.]+)\\?"/.exec(bundle)?.[1]}`);
    expect(named.size).toBeGreaterThan(6);
    const listed = parts.flatMap((part: Json) => (part.version ? [`${part.name}@${part.version}`] : []));
    expect([...named].filter((one) => !listed.includes(one))).toEqual([]);
  });
});
