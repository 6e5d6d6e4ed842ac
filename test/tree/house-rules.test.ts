import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const SOURCES = fileURLToPath(new URL('../../src/', import.meta.url));

/** The files of src/, without generated ones, whose text has the expression in it. */
async function filesWith(expression: RegExp): Promise<string[]> {
  const names = (await readdir(SOURCES, { recursive: true })).filter(
    (name) => name.endsWith('.ts') && !name.startsWith('db/generated/'),
  );
  const found = await Promise.all(
    names.map(async (name) => (expression.test(await readFile(`${SOURCES}${name}`, 'utf8')) ? [name] : [])),
  );
  return found.flat().sort();
}

test('only config.ts reads the environment', async () => {
  expect(await filesWith(/\bprocess\.env\b/)).toEqual(['config.ts']);
});

test('only main.ts ends the process', async () => {
  expect(await filesWith(/\bprocess\.(exit|abort)\b|\bprocess\.exitCode\s*=/)).toEqual(['main.ts']);
});
