/** The recipes of CONTRIBUTING.md name files and commands that exist, and what they lead to is complete. */
import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { FIELDS } from '../../src/domain/fields.ts';
import { codesIn, REPOSITORY, readDocument } from '../kit/documents.ts';

/** Documents that tell developers where something is. */
const GUIDES = ['CONTRIBUTING.md', 'README.md', 'docs/decisions.md', 'docs/glossary.md'];

test.each(GUIDES)('every path that %s names exists', (guide) => {
  const paths = codesIn(readDocument(guide)).filter((code) =>
    /^(src|test|prisma|docs|bench|examples|\.ci)\/[\w./-]*$|^[\w.-]+\.(md|json|cjs|mjs|graphql)$/.test(code),
  );
  expect(paths.length).toBeGreaterThan(0);
  expect(paths.filter((path) => !existsSync(REPOSITORY + path))).toEqual([]);
});

test('every command that CONTRIBUTING.md names exists', () => {
  const guide = readDocument('CONTRIBUTING.md');
  const { scripts } = JSON.parse(readDocument('package.json'));
  const named = Array.from(guide.matchAll(/npm run (?:-s )?([a-z:]+)/g), ([, name = '']) => name);
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((name) => !Object.hasOwn(scripts, name))).toEqual([]);
});

test('every field of the extract is a column of prisma/schema.prisma and a field of ExtractRow in schema.graphql', () => {
  const block = (file: string, opening: string) =>
    readDocument(file).split(opening)[1]?.split('\n}')[0]?.split('\n').slice(1) ?? [];
  const columns = block('prisma/schema.prisma', 'model Appointment {').flatMap((line) => {
    const [, name, mapped] = /^ {2}(\w+) +\w+\??(?: +@map\("(\w+)"\))?/.exec(line) ?? [];
    return name === undefined ? [] : [`${name} ${mapped ?? name}`];
  });
  const fields = block('schema.graphql', 'type ExtractRow {').flatMap((line) => /^ {2}(\w+): /.exec(line)?.[1] ?? []);
  expect(columns).toEqual(expect.arrayContaining(FIELDS.map(({ key, column }) => `${key} ${column}`)));
  expect(fields.sort()).toEqual(FIELDS.map(({ key }) => key).sort());
});

test('CHANGELOG.md begins with what is unreleased, and then has the version of package.json', () => {
  const headings = Array.from(readDocument('CHANGELOG.md').matchAll(/^## (.*)$/gm), ([, heading = '']) => heading);
  const { version } = JSON.parse(readDocument('package.json'));
  expect(headings[0]).toBe('Unreleased');
  expect(headings[1]?.split(' - ')).toEqual([version, expect.stringMatching(/^\d{4}-\d\d-\d\d$/)]);
});
