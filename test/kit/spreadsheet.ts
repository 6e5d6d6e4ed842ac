import { execFile } from 'node:child_process';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import { hasProgram } from './has-program.ts';

const PROGRAM = 'soffice';

/** Whether this machine has LibreOffice; in CI it must. */
export const hasSpreadsheet = (): boolean => hasProgram(PROGRAM, 'the tests with a spreadsheet');

/** A cell as the spreadsheet understood it. */
export interface Cell {
  /** `string`, `float`, `date`, `boolean`, or null where there is nothing. */
  readonly type: string | null;
  readonly value: string;
  /** Whether it is computed. */
  readonly formula: boolean;
}

/** How LibreOffice reads CSV as Excel does: a delimiter, UTF-8, a language (0: its own), and numbers and dates told by their looks. */
const csv = (delimiter: number, language: number) => `CSV:${delimiter},34,76,1,,${language},false,true`;

/** Excel in English, with commas, and in German, with semicolons and decimal commas. */
const DIALECTS = { 'en-US': csv(44, 0), 'de-DE': csv(59, 0x407) };

async function convert(
  folder: string,
  file: string,
  to: string,
  options: readonly string[] = [],
  outputFolder = folder,
): Promise<void> {
  const profile = `-env:UserInstallation=file://${path.join(folder, 'profile')}`;
  await promisify(execFile)(PROGRAM, [
    ...[profile, '--headless', ...options],
    ...['--convert-to', to, '--outdir', outputFolder, path.join(folder, file)],
  ]);
}

/** The settings of a profile in which numbers and dates are those of a language. */
const localeSettings = (locale: string): string =>
  `<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Setup/L10N"><prop oor:name="ooSetupSystemLocale" oor:op="fuse"><value>${locale}</value></prop></item></oor:items>`;

/** Opens a file of a folder in a spreadsheet of a language, saves it there, and gives its bytes. `options`: how a CSV is opened. */
export async function resaved(
  folder: string,
  file: string,
  to: string,
  locale: string,
  options: readonly string[] = [],
): Promise<Buffer> {
  const user = path.join(folder, 'profile', 'user');
  await mkdir(user, { recursive: true });
  await writeFile(path.join(user, 'registrymodifications.xcu'), localeSettings(locale));
  const saved = path.join(folder, 'saved');
  await convert(folder, file, to, options, saved);
  return await readFile(path.join(saved, `${path.parse(file).name}.${to.split(':')[0]}`));
}

/** Opens `rows.csv` of a folder, saves it as a workbook (`rows.xlsx`), opens that, and gives its cells. Needs a folder of its own. */
export async function cellsOf(folder: string, locale: keyof typeof DIALECTS = 'en-US'): Promise<Cell[][]> {
  await convert(folder, 'rows.csv', 'xlsx', [`--infilter=${DIALECTS[locale]}`]);
  await convert(folder, 'rows.xlsx', 'fods');
  const sheet = await readFile(path.join(folder, 'rows.fods'), 'utf8');
  return Array.from(sheet.matchAll(/<table:table-row\b[^>]*>(.*?)<\/table:table-row>/gs), ([, row = '']) =>
    cellsIn(row),
  ).filter((cells) => cells.some(({ type }) => type !== null));
}

const cellsIn = (row: string): Cell[] =>
  Array.from(row.matchAll(/<table:table-cell\b([^>]*?)(?:\/>|>(.*?)<\/table:table-cell>)/gs)).flatMap(
    ([, attributes = '', content = '']) => {
      const of = (name: string) => new RegExp(` ${name}="([^"]*)"`).exec(attributes)?.[1] ?? null;
      const type = of('office:value-type');
      const stated = of('office:value') ?? of('office:date-value') ?? of('office:boolean-value') ?? textOf(content);
      const cell = { type, value: type === 'string' ? textOf(content) : stated, formula: of('table:formula') !== null };
      return Array.from({ length: Math.min(Number(of('table:number-columns-repeated') ?? 1), 100) }, () => cell);
    },
  );

/** The text of a cell: its paragraphs are its lines. */
const textOf = (content: string): string =>
  Array.from(content.matchAll(/<text:p\b[^>]*?(?:\/>|>(.*?)<\/text:p>)/gs), ([, paragraph = '']) =>
    paragraph
      .replace(/<text:s text:c="(\d+)"\/>/g, (_, count) => ' '.repeat(Number(count)))
      .replace(/<text:s\/>/g, ' ')
      .replace(/<text:tab\/>/g, '\t')
      .replace(/<[^>]*>/g, ''),
  )
    .join('\n')
    .replace(
      /&(lt|gt|quot|apos|amp);/g,
      (_, name: string) => ({ lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' })[name] ?? '',
    );
