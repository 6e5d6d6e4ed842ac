import { ownFile, type PageFile, typeOf } from '../files.ts';

/** The bundle has 9 MB of text, so it is loaded only when a browser requests it. */
const bundle = () => import('@graphql-yoga/render-graphiql/graphiql');

type Part = Exclude<keyof Awaited<ReturnType<typeof bundle>>, 'favicon'>;

const ofBundle = (name: string, part: Part): PageFile => ({
  name,
  contentType: typeOf(name),
  bytes: async () => Buffer.from((await bundle())[part]),
});

/** The files that the GraphiQL page loads. */
export const GRAPHIQL_FILES: readonly PageFile[] = [
  ownFile('graphiql-page.js'),
  ownFile('service.js'),
  ownFile('graphiql-page.css'),
  ownFile('icon.svg'),
  ofBundle('graphiql.js', 'js'),
  ofBundle('graphiql.css', 'css'),
  ofBundle('editor-worker.js', 'editorWorkerService'),
  ofBundle('graphql-worker.js', 'graphqlWorker'),
  ofBundle('json-worker.js', 'jsonWorker'),
];
