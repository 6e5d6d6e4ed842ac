import { readFile } from 'node:fs/promises';

/** A file that a page needs, as it goes out. */
export interface PageFile {
  readonly name: string;
  readonly contentType: string;
  bytes(): Promise<Buffer>;
}

const SCRIPT = 'text/javascript; charset=utf-8';
const STYLE = 'text/css; charset=utf-8';

/** The bundle: 9 MB of text, so it is loaded only when a browser asks for it. */
const bundle = () => import('@graphql-yoga/render-graphiql/graphiql');

type Part = Exclude<keyof Awaited<ReturnType<typeof bundle>>, 'favicon'>;

const ofBundle = (name: string, contentType: string, part: Part): PageFile => ({
  name,
  contentType,
  bytes: async () => Buffer.from((await bundle())[part]),
});

/** A file of ../browser, which stands there in src and, copied by the build, in dist. */
const ours = (name: string, contentType: string): PageFile => ({
  name,
  contentType,
  bytes: () => readFile(new URL(`../browser/${name}`, import.meta.url)),
});

/** All that the page of GraphiQL loads, by the names that it loads them by. */
export const GRAPHIQL_FILES: readonly PageFile[] = [
  ours('graphiql-page.js', SCRIPT),
  ours('graphiql-page.css', STYLE),
  ours('icon.svg', 'image/svg+xml'),
  ofBundle('graphiql.js', SCRIPT, 'js'),
  ofBundle('graphiql.css', STYLE, 'css'),
  ofBundle('editor-worker.js', SCRIPT, 'editorWorkerService'),
  ofBundle('graphql-worker.js', SCRIPT, 'graphqlWorker'),
  ofBundle('json-worker.js', SCRIPT, 'jsonWorker'),
];
