import { readFile } from 'node:fs/promises';

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
};

/** Returns the media type of a file by its extension. */
export const typeOf = (name: string): string => MEDIA_TYPES[name.split('.').pop() ?? ''] ?? 'application/octet-stream';

/** Returns a file of ./browser, which is there in src and, copied by the build, in dist. */
export const ownFile = (name: string): PageFile => ({
  name,
  contentType: typeOf(name),
  bytes: () => readFile(new URL(`browser/${name}`, import.meta.url)),
});

/** The files that the pages load. */
export const PAGE_FILES: readonly PageFile[] = [
  'page.css',
  'reference.css',
  'icon.svg',
  'service.js',
  'token-form.js',
  'download-form.js',
  'link.js',
  'look-up.js',
  'names.js',
  'download.js',
  'service-status.js',
  'snippets.js',
  'start-page.js',
  'tableau-page.js',
].map(ownFile);
