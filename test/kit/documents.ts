/** The documents of the repository, in parts. */
import { readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

/** The folder of package.json, with a slash at its end. */
export const REPOSITORY = fileURLToPath(new URL('../../', import.meta.url));

/** The text of a document, by its path in the repository. */
export const readDocument = (path: string): string => readFileSync(`${REPOSITORY}${path}`, 'utf8');

/** The text below a heading of any level, up to the next heading. Throws where the document has no such heading. */
export function sectionOf(document: string, heading: string): string {
  const section = document.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`));
  if (section === undefined) throw new Error(`there is no heading ${heading}`);
  return section;
}

/** The text below a heading, with that of the headings of lower levels below it. Throws where the document has no such heading. */
export function sectionWithin(document: string, heading: string): string {
  const found = new RegExp(`^(#+) ${heading}\n`, 'm').exec(document);
  if (!found?.[1]) throw new Error(`there is no heading ${heading}`);
  const rest = document.slice(found.index + found[0].length);
  return rest.split(new RegExp(`^#{1,${found[1].length}} `, 'm'))[0] ?? '';
}

/** The cells of the rows of all tables in a text, without their headers. */
export function tableRows(text: string): string[][] {
  const lines = text.split('\n');
  const isRow = (line: string | undefined) => line?.startsWith('|') ?? false;
  // The first two lines of a table are its header and the line below that.
  const rows = lines.filter((line, at) => isRow(line) && isRow(lines[at - 1]) && isRow(lines[at - 2]));
  return rows.map((line) =>
    line
      .split(/(?<!\\)\|/)
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

/** A document without its blocks of code. */
export const withoutBlocks = (markdown: string): string => markdown.replace(/^```.*?^```$/gms, '');

/** What stands in backticks in a text, but in blocks of code. */
export const codesIn = (text: string): string[] =>
  Array.from(withoutBlocks(text).matchAll(/`([^`]+)`/g), ([, code = '']) => code);

/** The blocks of a language in a text, without the fences. */
export const blocksOf = (text: string, language: string): string[] =>
  Array.from(text.matchAll(new RegExp(`\`\`\`${language}\\n(.*?)\`\`\``, 'gs')), ([, block = '']) => block.trim());

/** The texts of the TypeScript files of a folder of src/, without generated ones. */
export async function sourceFiles(folder: string): Promise<string[]> {
  const root = `${REPOSITORY}src/${folder}`;
  const names = (await readdir(root, { recursive: true })).filter((name) => /\.ts$/.test(name));
  return await Promise.all(
    names.filter((name) => !name.includes('generated/')).map((name) => readFile(`${root}/${name}`, 'utf8')),
  );
}
