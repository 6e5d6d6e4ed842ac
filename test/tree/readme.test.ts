import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import { codesIn, REPOSITORY, readDocument, sectionOf, tableRows } from '../kit/documents.ts';

const readme = readDocument('README.md');

test('README.md has at most 150 lines', () => {
  expect(readme.trimEnd().split('\n').length).toBeLessThanOrEqual(150);
});

test('README.md says what every folder of src/ contains, and names no other', () => {
  const folders = readdirSync(`${REPOSITORY}src`, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  const named = tableRows(sectionOf(readme, 'The source tree'))
    .flatMap(([cell = '']) => codesIn(cell))
    .filter((path) => !path.includes('.'));
  expect(named.sort()).toEqual(folders.map(({ name }) => `src/${name}`).sort());
});
