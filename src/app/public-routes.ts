import type { FastifyInstance } from 'fastify';
import type { Config } from '../config.ts';
import {
  DASHBOARD_PATH,
  FILES_PATH,
  GRAPHIQL_FILES_PATH,
  IMPORT_PATH,
  OPENAPI_PATH,
  REFERENCE_PATH,
  TABLEAU_PATH,
} from '../domain/paths.ts';
import { fileRoutes, publicRoute } from '../http/public-files.ts';
import { dashboardPage } from '../pages/dashboard/page.ts';
import { PAGE_FILES } from '../pages/files.ts';
import { GRAPHIQL_FILES } from '../pages/graphiql/files.ts';
import { importPage } from '../pages/import/page.ts';
import { referencePage } from '../pages/reference/page.ts';
import { startPage } from '../pages/start/page.ts';
import { tableauPage } from '../pages/tableau/page.ts';
import { openapi } from '../rest/openapi/document.ts';

/** Serves what everybody may read: the description of the API, the pages and their files. */
export function publicRoutes(app: FastifyInstance, config: Config, program: string): void {
  const description = openapi(program);
  publicRoute(app, OPENAPI_PATH, {
    headers: { 'content-type': 'application/json; charset=utf-8' },
    bytes: async (root) => Buffer.from(JSON.stringify({ ...description, servers: [{ url: root.slice(0, -1) }] })),
  });
  const pages = {
    '/': startPage(config),
    [DASHBOARD_PATH]: dashboardPage(config),
    [REFERENCE_PATH]: referencePage(config, description),
    [IMPORT_PATH]: importPage(config),
    [TABLEAU_PATH]: tableauPage(config, config.tableauLibrary),
  };
  for (const [url, { html, headers }] of Object.entries(pages))
    publicRoute(app, url, { headers, bytes: async (root) => Buffer.from(html(root)) });
  fileRoutes(app, FILES_PATH, PAGE_FILES);
  if (config.graphiql) fileRoutes(app, GRAPHIQL_FILES_PATH, GRAPHIQL_FILES);
}
