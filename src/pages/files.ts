import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** A file that a page loads. */
export interface PageFile {
  readonly name: string;
  readonly contentType: string;
  bytes(): Promise<Buffer>;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  txt: 'text/plain; charset=utf-8',
};

/** Returns the media type of a file by its extension. */
export const typeOf = (name: string): string => MEDIA_TYPES[name.split('.').pop() ?? ''] ?? 'application/octet-stream';

/** Comments on lines of their own, which are a quarter of the scripts. Types within a line stay. */
const COMMENT_LINES = /^[ \t]*(?:\/\/.*|\/\*\*(?:(?!\*\/)[\s\S])*\*\/)\n/gm;

/** Returns a file of ./browser, which is there in src and, copied by the build, in dist. Scripts go out without their comments. */
export const ownFile = (name: string): PageFile => ({
  name,
  contentType: typeOf(name),
  async bytes() {
    const bytes = await readFile(new URL(`browser/${name}`, import.meta.url));
    return name.endsWith('.js') ? Buffer.from(bytes.toString().replace(COMMENT_LINES, '')) : bytes;
  },
});

const require = createRequire(import.meta.url);

/** The bundle of Chart.js for browsers, which its package has beside the module that it names. */
const chartLibrary: PageFile = {
  name: 'chart.js',
  contentType: typeOf('chart.js'),
  bytes: () => readFile(join(dirname(require.resolve('chart.js')), 'chart.umd.min.js')),
};

const OWN_FILES: readonly PageFile[] = [
  'page.css',
  'reference.css',
  'icon.svg',
  'third-party-notices.txt',
  'service.js',
  'token-form.js',
  'download-form/download-form.js',
  'start/link.js',
  'download-form/look-up.js',
  'download-form/names.js',
  'download.js',
  'service-status.js',
  'snippets.js',
  'start/office-connection.js',
  'start/start-page.js',
  'import-page.js',
  'tableau-page.js',
  'dashboard/dashboard.css',
  'dashboard/choice.js',
  'dashboard/dashboard-page.js',
  'dashboard/draw-chart.js',
  'dashboard/numbers.css',
  'dashboard/numbers.js',
  'dashboard/rows.js',
  'dashboard/table.js',
  'dashboard/tiles.js',
  'dashboard/views/cells.js',
  'dashboard/views/feedback.js',
  'dashboard/views/interviewers.js',
  'dashboard/views/last-week.js',
  'dashboard/views/people.js',
  'dashboard/views/slots.js',
  'dashboard/views/views.js',
  'dashboard/views/week-names.js',
].map(ownFile);

/** The files that the pages load. */
export const PAGE_FILES: readonly PageFile[] = [...OWN_FILES, chartLibrary];
