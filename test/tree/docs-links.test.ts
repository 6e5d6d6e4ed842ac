/** Links between documents lead somewhere, and so do references to documents in comments. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, test } from 'vitest';
import { REPOSITORY, readDocument, withoutBlocks } from '../kit/documents.ts';

/** The files of the repository, without what is built or installed, as paths in it. */
function filesBelow(folder: string, ending: RegExp): string[] {
  return readdirSync(path.join(REPOSITORY, folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (/^(node_modules|dist|data|generated|\.git)$/.test(entry.name)) return [];
    if (entry.isDirectory()) return filesBelow(name, ending);
    return ending.test(entry.name) ? [name] : [];
  });
}

/** The anchors that GitHub gives the headings of a document. */
function anchorsOf(markdown: string): string[] {
  const headings = Array.from(withoutBlocks(markdown).matchAll(/^#+ (.*)$/gm), ([, heading = '']) => heading);
  return headings.map((heading) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, '')
      .replaceAll(' ', '-'),
  );
}

const documents = filesBelow('', /\.md$/);

describe.each(documents)('%s', (name) => {
  test('links only to files and headings that exist', () => {
    const markdown = readDocument(name);
    const broken = Array.from(withoutBlocks(markdown).matchAll(/\]\(([^)\s]+)\)/g), ([, target = '']) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => {
        const [file = '', anchor] = target.split('#');
        const found = path.join(path.dirname(name), file || path.basename(name));
        if (!existsSync(path.join(REPOSITORY, found))) return true;
        return anchor !== undefined && !anchorsOf(readDocument(found)).includes(anchor);
      });
    expect(broken).toEqual([]);
  });
});

test('comments name documents and headings that exist', () => {
  const sources = ['src', 'test', 'bench', 'prisma', 'examples'].flatMap((folder) =>
    filesBelow(folder, /\.(ts|tsx|mjs|js|prisma)$/),
  );
  const broken = sources.flatMap((name) =>
    Array.from(readDocument(name).matchAll(/\b((?:docs\/)?[\w-]+\.md)(?:, ((?:"[^"\n]+"(?: and )?)+))?/g)).flatMap(
      ([whole, file = '', headings = '']) => {
        const found = [path.join(path.dirname(name), file), file].find((one) => existsSync(path.join(REPOSITORY, one)));
        if (found === undefined) return [`${name}: ${whole}`];
        const known = Array.from(readDocument(found).matchAll(/^#+ (.*)$/gm), ([, heading]) => heading);
        const missing = Array.from(headings.matchAll(/"([^"]+?)(?::[^"]*)?"/g), ([, heading]) => heading);
        return missing.filter((heading) => !known.includes(heading)).map((heading) => `${name}: ${file}, "${heading}"`);
      },
    ),
  );
  expect(broken).toEqual([]);
});
