import { readFile } from 'node:fs/promises';

/** A file that a page needs, as it goes out. */
export interface PageFile {
  readonly name: string;
  readonly contentType: string;
  bytes(): Promise<Buffer>;
}

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
};

/** The media type of a file, by the ending of its name. */
export const typeOf = (name: string): string => MEDIA_TYPES[name.split('.').pop() ?? ''] ?? 'application/octet-stream';

/** A file of ./browser, which stands there in src and, copied by the build, in dist. */
export const ownFile = (name: string): PageFile => ({
  name,
  contentType: typeOf(name),
  bytes: () => readFile(new URL(`browser/${name}`, import.meta.url)),
});

/** What the pages load, by the names that they load them by. */
export const PAGE_FILES: readonly PageFile[] = [
  'page.css',
  'reference.css',
  'icon.svg',
  'service.js',
  'token-form.js',
  'download-form.js',
  'look-up.js',
  'names.js',
  'download.js',
  'whether-up.js',
  'snippets.js',
  'start-page.js',
  'tableau-page.js',
].map(ownFile);
