/** docs/commands.md has every command with its options, as `--help` prints them. */
import { describe, expect, test } from 'vitest';
import { COMMANDS } from '../../src/cli/commands.ts';
import { SCOPES } from '../../src/domain/viewer.ts';
import { FORMATS } from '../../src/extract/formats.ts';
import { blocksOf, codesIn, readDocument, sectionOf, tableRows } from '../kit/documents.ts';

const document = readDocument('docs/commands.md');

/** The options in a text, `--dry-run` and the like, each once. */
const optionsIn = (text: string): string[] => [...new Set(text.match(/(?<!\S)--[a-zA-Z]+(-[a-z]+)*/g) ?? [])].sort();

test('docs/commands.md has every command, and no other', () => {
  const headings = Array.from(document.matchAll(/^## (.*)$/gm), ([, heading]) => heading);
  expect(headings).toEqual(Object.keys(COMMANDS));
});

test('every command has a script in package.json that runs it', () => {
  const { scripts } = JSON.parse(readDocument('package.json'));
  for (const name of Object.keys(COMMANDS)) expect(scripts[name]).toBe(`node src/run.mjs ${name}`);
});

describe.each(Object.entries(COMMANDS))('npm run %s', (name, load) => {
  test('is used as docs/commands.md says', async () => {
    const { usage } = await load();
    const [written = ''] = blocksOf(sectionOf(document, name), '');
    expect(written.replace(/\s+/g, ' ')).toBe(`npm run ${usage}`);
  });

  test('has its options in docs/commands.md, and no other', async () => {
    const { usage } = await load();
    const listed = tableRows(sectionOf(document, name)).flatMap(([cell = '']) => codesIn(cell));
    expect(optionsIn(listed.filter((code) => code.startsWith('-')).join(' '))).toEqual(
      optionsIn(usage.replaceAll(/[[\]]/g, ' ')),
    );
  });
  test('names every option that it accepts in its usage', async () => {
    const { usage } = await load();
    const accepted = Array.from(
      readDocument(`src/cli/${name}.ts`).matchAll(/\b'?([a-z-]+)'?: \{ type: '(?:string|boolean)'/g),
      ([, option = '']) => `--${option}`,
    );
    expect(optionsIn(usage.replaceAll(/[[\]]/g, ' '))).toEqual(expect.arrayContaining(accepted));
  });
});

test('docs/commands.md has every format of the export, and no other', () => {
  const row = tableRows(sectionOf(document, 'export')).find(([cell = '']) => cell.includes('--format'));
  expect(codesIn(row?.[1] ?? '').sort()).toEqual(FORMATS.map(({ name }) => name).sort());
});

test('docs/commands.md has every scope, and no other', () => {
  const words = tableRows(sectionOf(document, 'token')).flatMap(([cell = '']) => codesIn(cell));
  expect(words.filter((word) => !word.startsWith('-'))).toEqual([...SCOPES]);
});
