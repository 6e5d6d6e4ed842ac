/** SECURITY.md names tests that are there: a control whose test is gone, or was renamed, shows. */
import { existsSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { REPOSITORY, readDocument, tableRows } from '../kit/documents.ts';

const security = readDocument('SECURITY.md');
const threats = tableRows(security).filter((cells) => cells.length === 3);

/** The tests of a cell: the path of each, and words of its title. */
const testsIn = (cell: string): [path: string, title: string][] =>
  Array.from(cell.matchAll(/`(test\/[\w/.-]+)` “([^”]+)”/g), ([, path = '', title = '']) => [path, title]);

test('SECURITY.md has a test for each control, and nothing else in its place', () => {
  expect(threats.length).toBeGreaterThan(35);
  for (const [threat, , held = ''] of threats) {
    expect([threat, testsIn(held).length]).not.toEqual([threat, 0]);
    expect([threat, held.replace(/`test\/[\w/.-]+` “[^”]+”(; )?/g, '')]).toEqual([threat, '']);
  }
});

describe('the test that SECURITY.md names', () => {
  const named = threats.flatMap(([, , held = '']) => testsIn(held));

  test.each(named)('%s “%s” is there', (path, title) => {
    expect([path, existsSync(REPOSITORY + path)]).toEqual([path, true]);
    const titles = Array.from(
      readDocument(path).matchAll(/'((?:[^'\\\n]|\\.)+)'|`([^`\n]+)`/g),
      ([, one, other]) => one ?? other ?? '',
    );
    expect(titles.some((one) => one.includes(title))).toBe(true);
  });
});
